import { isObject } from "./check.ts";
import { apis } from "./generated/apis.ts";
import type { Api } from "./options.ts";

/** Returns the account that a message names. Messages of an API that name none have none. */
export function getAccount(api: Api, message: unknown): string | undefined {
  const account = isObject(message) ? getAt(message, apis[api].accountPath) : undefined;
  return typeof account === "string" ? account : undefined;
}

/** Returns what a message has at a path of member names, or undefined. */
export function getAt(message: unknown, path: readonly string[]): unknown {
  let value = message;
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}
