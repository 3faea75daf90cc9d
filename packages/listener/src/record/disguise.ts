import { upgrades } from "../generated/upgrades.ts";
import type { Api } from "../options.ts";
import { maxDepth } from "./shape.ts";

/** Replaces a text or number by one of the same kind, the same for the same value. */
export type Replace = (value: string) => Promise<string>;

/** Longer lists are cut: the items behind look like those before. */
const maxItems = 20;

/** Members with words of the API, which are no identifiers: `type`, `status`, `resultReason`. */
const wordMember = /(?:type|status|state|reason|result|code|event|mode|kind)$/i;
const word = /^[A-Za-z][A-Za-z_ ]{0,60}$/;
const date = /^\d{4}-\d{2}-\d{2}(?:[T ][\d:.]{5,15}(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const secretMember = /pass|pwd|secret|token|key|auth|credential|session/i;
/** A name with so many digits in a row is an identifier itself. */
const idInName = /\d{4}/;

/** The largest number that is kept: counts and percentages are no identifiers. */
const maxCount = 9_999;

/** Hides secrets and identifiers. */
export interface Disguise {
  hideIn(message: unknown): Promise<unknown>;
  /** Returns the name of a member, or another one if it is an identifier. */
  hideName(name: string): Promise<string>;
}

/**
 * Creates what hides the secrets and identifiers of a message. Only what is known to be harmless stays: dates, small numbers, and the words
 * of members such as `status`. Everything else is replaced by a value of the same kind.
 */
export function createDisguise(api: Api, replace: Replace): Disguise {
  const secrets: readonly string[] = upgrades[api].secretMembers;
  return { hideIn: (message) => visit(message, "", 0), hideName };

  async function visit(value: unknown, name: string, depth: number): Promise<unknown> {
    if (value === null || typeof value === "boolean" || value === "") return value;
    if (secrets.includes(name) || secretMember.test(name)) return "[redacted]";
    if (typeof value === "number") return hideNumber(value);
    if (typeof value === "string") return hideText(value, name);
    if (depth > maxDepth) return "[nested too deeply]";
    if (Array.isArray(value)) {
      const items = await Promise.all(value.slice(0, maxItems).map((item) => visit(item, name, depth + 1)));
      const more = value.length - items.length;
      return more > 0 ? [...items, `[and ${more} more]`] : items;
    }
    const members = Object.entries(value as object).map(async ([key, member]) => [
      await hideName(key),
      await visit(member, key, depth + 1),
    ]);
    return Object.fromEntries(await Promise.all(members));
  }

  async function hideNumber(value: number): Promise<number> {
    if (Math.abs(value) <= maxCount) return value;
    const hash = Number.parseInt((await replace(String(value))).slice(0, 8), 16);
    return Number(digits(hash, String(Math.trunc(Math.abs(value))).length));
  }

  async function hideText(value: string, name: string): Promise<string> {
    if (date.test(value) || (wordMember.test(name) && word.test(value))) return value;
    const hash = await replace(value);
    if (uuid.test(value)) return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
    if (/^\d{1,40}$/.test(value)) return digits(Number.parseInt(hash.slice(0, 8), 16), value.length);
    return `text-${hash.slice(0, 8)}`;
  }

  async function hideName(name: string): Promise<string> {
    return idInName.test(name) || name.length > 60 ? `name-${(await replace(name)).slice(0, 8)}` : name;
  }
}

/** Returns a number of a given length, made of a hash. */
const digits = (hash: number, length: number) =>
  String(hash).padStart(length, "1").slice(-length).replace(/^0/, "1");
