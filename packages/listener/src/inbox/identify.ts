import { isObject } from "../check.ts";
import { apis } from "../generated/apis.ts";
import { upgrades } from "../generated/upgrades.ts";
import { getAccount } from "../message-facts.ts";
import { writeCanonical } from "../message-key.ts";
import type { Api } from "../options.ts";
import { getAt } from "./get-at.ts";
import { hashText } from "./hash.ts";

/** Longer texts of a message are hashed before they become a part of an order key. */
const maxPartLength = 80;

/**
 * Returns a text that is the same for all deliveries of a message: its canonical JSON, without the members that a retry
 * changes (departure D10).
 */
export function describeMessage(api: Api, message: unknown): string {
  const { changedByRetry } = apis[api];
  try {
    return isObject(message) ? writeObject(message, changedByRetry) : writeQuickly(message);
  } catch {
    // Recursion is faster; this is for values that are nested too deeply.
    const rest = isObject(message) ? withoutMembers(message, changedByRetry) : message;
    return [...writeCanonical(rest)].join("");
  }
}

/** Returns the message without the members that hold a password: a database is no place for it. */
export function withoutPassword(api: Api, message: unknown): unknown {
  return isObject(message) ? withoutMembers(message, upgrades[api].secretMembers) : message;
}

/**
 * Returns the order key of a message: its account and the upgrade that it is about. Messages of an account that are about no
 * upgrade have one key in common.
 */
export async function createOrderKey(api: Api, message: unknown): Promise<string> {
  const upgradeId = upgrades[api].upgradeIdPaths.map((path) => getAt(message, path)).find(isIdentifier);
  return JSON.stringify([await shorten(getAccount(api, message)), await shorten(upgradeId)]);
}

/** Returns a text or number as short ASCII, and an empty text for any other value. */
async function shorten(value: unknown): Promise<string> {
  const text = isIdentifier(value) ? String(value) : "";
  return /^[ -~]*$/.test(text) && text.length <= maxPartLength ? text : hashText(text);
}

const isIdentifier = (value: unknown) =>
  (typeof value === "string" && value !== "") || typeof value === "number";

/** Builds a new object: one that members were deleted from is slow afterwards. */
function withoutMembers(message: Record<string, unknown>, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(message).filter(([name]) => !names.includes(name)));
}

/** Returns a message as JSON, also when it is nested too deeply for `JSON.stringify`. */
export function writeJson(message: unknown): string {
  try {
    return JSON.stringify(message);
  } catch {
    return [...writeCanonical(message)].join("");
  }
}

function writeQuickly(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeQuickly).join()}]`;
  return isObject(value) ? writeObject(value, []) : JSON.stringify(value);
}

function writeObject(value: Record<string, unknown>, leftOut: readonly string[]): string {
  let text = "";
  for (const name of Object.keys(value).sort()) {
    if (leftOut.includes(name)) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${writeQuickly(value[name])}`;
  }
  return `{${text}}`;
}
