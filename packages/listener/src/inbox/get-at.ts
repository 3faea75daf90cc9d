import { isObject } from "../check.ts";

/** Returns what a message has at a path of member names, or undefined. */
export function getAt(message: unknown, path: readonly string[]): unknown {
  let value = message;
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}
