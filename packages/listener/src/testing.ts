// Helpers for tests of programs that use the listener.
import { apis } from "./generated/apis.ts";
import { examples } from "./generated/examples.ts";
import type { Messages } from "./generated/messages.ts";
import type { Api } from "./options.ts";
import { createInvalid, OptionError, validateObject } from "./validate.ts";

/** Options for `createTestCallback`. */
export interface TestCallback<A extends Api = Api> {
  api: A;
  /**
   * Type of the message. Undocumented types are accepted, because ThingSpace may send them.
   * @default the type of the document's first example, if it has one
   */
  type?: Exclude<keyof Messages[A], "other"> | (string & {}) | undefined;
  /** Members that replace those of the document's example. `undefined` removes one. */
  message?: Record<string, unknown> | undefined;
  /** Username of the registration, for the APIs that echo it. @default the example's */
  username?: string | undefined;
  /** Password of the registration, for the APIs that echo it. @default the example's */
  password?: string | undefined;
  /** URL of the request. @default "http://localhost/callback" */
  url?: string | undefined;
  /** Headers to add; they replace those of the same name. */
  headers?: Record<string, string> | undefined;
}

const members = {
  api: true,
  type: true,
  message: true,
  username: true,
  password: true,
  url: true,
  headers: true,
} satisfies Record<keyof TestCallback, true>;

/**
 * Creates a request as ThingSpace would send it, from the example of the API's document.
 *
 * @throws {OptionError} when a member or the API is unknown, or when the API does not echo a username and password.
 * @example
 * const request = createTestCallback({ api: "v1", type: "upgradeScheduled", username: "me", password });
 * const response = await listener(request);
 */
export function createTestCallback<const A extends Api>(callback: TestCallback<A>): Request {
  validateObject(callback, "callback", Object.keys(members), "member of a test callback");
  const { api, type, message, username, password, url = "http://localhost/callback", headers } = callback;
  if (!Object.hasOwn(apis, api)) throw createInvalid("api", `one of ${Object.keys(apis).join(", ")}`);
  if (!apis[api].hasCredentials && (username !== undefined || password !== undefined)) {
    const option = username === undefined ? "password" : "username";
    throw new OptionError("INVALID_OPTION", option, `Messages of ${api} contain no username and password.`);
  }
  const all: Record<string, unknown>[] = examples[api];
  const example = type === undefined ? all[0] : (all.find((one) => one["type"] === type) ?? all.at(-1));
  const body = {
    ...example,
    ...(type !== undefined && { type }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...message,
  };
  return new Request(url, {
    method: apis[api].method,
    headers: { "Content-Type": apis[api].mediaType, ...headers },
    body: JSON.stringify(body),
  });
}
