/**
 * Records real messages without their secrets and identifiers, and says what in them is not documented.
 *
 * @module
 */
import { apis } from "./generated/apis.ts";
import { shapes } from "./generated/shapes.ts";
import { getFact, getKnownType } from "./message-facts.ts";
import { sha256 } from "./message-key.ts";
import type { Api } from "./options.ts";
import { createDisguise } from "./record/disguise.ts";
import { compare, type News } from "./record/shape.ts";
import { createInvalid, validateFunction, validateObject } from "./validate.ts";

export type { News } from "./record/shape.ts";

/** Options for `createRecorder`. */
export interface RecorderOptions {
  /** The API that the URL is registered with. */
  api: Api;
  /**
   * Writes a line of JSON, with its end of line.
   * @example (line) => appendFile("messages.jsonl", line)
   */
  write: (line: string) => unknown;
  /**
   * A secret text: recorders with the same one replace the same value in the same way. Keep it to yourself, because it allows
   * to guess what was replaced.
   * @default a random one for each recorder
   */
  salt?: string | undefined;
}

/** A message as it is written, without its secrets and identifiers. */
export interface RecordedMessage {
  /** When it was recorded, as an ISO 8601 date. */
  at: string;
  api: Api;
  message: unknown;
  /** The differences from the document of the API. */
  news: News[];
}

const options = { api: true, write: true, salt: true } satisfies Record<keyof RecorderOptions, true>;

/**
 * Creates a function that records messages. It compares each with the API's document, replaces secrets and identifiers, the
 * same value always in the same way, and writes the result as a line of JSON.
 *
 * @throws {OptionError} when an option is missing, unknown or has a wrong value.
 * @example
 * const record = createRecorder({ api: "v1", write: (line) => appendFile("messages.jsonl", line) });
 * createCallbackListener({
 *   api: "v1",
 *   verify,
 *   on: { other: async (message) => console.log((await record(message)).news) },
 * });
 */
export function createRecorder(given: RecorderOptions): (message: unknown) => Promise<RecordedMessage> {
  const { api, write, salt = crypto.randomUUID() } = validateObject(given, "options", Object.keys(options));
  if (typeof api !== "string" || !Object.hasOwn(apis, api)) {
    throw createInvalid("api", `one of ${Object.keys(apis).join(", ")}`);
  }
  if (typeof salt !== "string" || salt === "") throw createInvalid("salt", "a string that is not empty");
  const writeLine = validateFunction<RecorderOptions["write"]>(write, "write");
  const known = api as Api;
  const { hideIn, hideName } = createDisguise(known, (value) => sha256(`${salt} ${value}`));

  return async (message) => {
    const news = [...findUnknownType(known, message), ...compare(message, shapes[known])];
    const recorded: RecordedMessage = {
      at: new Date().toISOString(),
      api: known,
      message: await hideIn(message),
      news: await Promise.all(news.map(hideInPath)),
    };
    await writeLine(`${JSON.stringify(recorded)}\n`);
    return recorded;
  };

  /** Returns news without identifiers: a member can be named by one, such as the id of a device. */
  async function hideInPath(one: News): Promise<News> {
    return { ...one, path: (await Promise.all(one.path.split("/").map(hideName))).join("/") };
  }
}

const typeName = /^[\w.-]{1,64}$/;

function findUnknownType(api: Api, message: unknown): News[] {
  const type = getFact(api, message, "typeMember");
  if (getKnownType(api, message) !== "other") return [];
  if (typeof type !== "string") return [];
  return [
    {
      kind: "unknownType",
      path: `/${apis[api].typeMember}`,
      found: typeName.test(type) ? type : "another text",
    },
  ];
}
