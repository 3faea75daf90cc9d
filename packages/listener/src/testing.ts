// For tests of what is built on the listener.
import { demandKnown } from "./demand.ts";
import { apis } from "./generated/apis.ts";
import { examples } from "./generated/examples.ts";
import type { Messages } from "./generated/messages.ts";
import type { Api } from "./options.ts";

/** A callback to make. */
export interface TestCallback<A extends Api = Api> {
  api: A;
  /**
   * Type of the message; any is taken, because others than the documented may come.
   * @default that of the document's first example, where it has one
   */
  type?: Exclude<keyof Messages[A], "other"> | (string & {}) | undefined;
  /** Members that replace those of the document's example. `undefined` takes one away. */
  message?: Record<string, unknown> | undefined;
  /** Of the registration, for the APIs that echo it. @default the example's */
  username?: string | undefined;
  /** Of the registration, for the APIs that echo it. @default the example's */
  password?: string | undefined;
  /** Where it is sent. @default "http://localhost/callback" */
  url?: string | undefined;
  /** Headers to add; they replace those of the same name. */
  headers?: Record<string, string> | undefined;
}

const members = ["api", "type", "message", "username", "password", "url", "headers"];

/**
 * Makes a request as ThingSpace would send it, from the example of the API's document.
 *
 * @throws {TypeError} when the API is not known, or echoes no username and password.
 * @example
 * const response = await listener(createTestCallback({ api: "v1", type: "upgradeScheduled", username: "me", password }));
 */
export function createTestCallback<const A extends Api>(callback: TestCallback<A>): Request {
  demandKnown(Object.keys(callback), members, "member of a test callback");
  const { api, type, message, username, password, url = "http://localhost/callback", headers } = callback;
  if (!Object.hasOwn(apis, api)) {
    throw new TypeError(`api must be one of ${Object.keys(apis).join(", ")}, not ${String(api)}.`);
  }
  if (!apis[api].hasCredentials && (username !== undefined || password !== undefined)) {
    throw new TypeError(`Messages of ${api} bring back no username and password.`);
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
