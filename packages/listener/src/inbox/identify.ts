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
  if (!isObject(message)) return canonicalize(message);
  return canonicalize(withoutMembers(message, apis[api].changedByRetry));
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

function withoutMembers(message: Record<string, unknown>, names: readonly string[]): object {
  const rest = { ...message };
  for (const name of names) delete rest[name];
  return rest;
}

/** Returns a message as JSON, also when it is nested too deeply for `JSON.stringify`. */
export function writeJson(message: unknown): string {
  try {
    return JSON.stringify(message);
  } catch {
    return [...writeCanonical(message)].join("");
  }
}

/** Returns the canonical JSON of a value. Recursion is faster; the fallback is for values that are nested too deeply. */
function canonicalize(value: unknown): string {
  try {
    return writeQuickly(value);
  } catch {
    return [...writeCanonical(value)].join("");
  }
}

function writeQuickly(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(writeQuickly).join()}]`;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${writeQuickly(member)}`).join()}}`;
}
