// What options must be; each throws a TypeError that names the option.
import { nearest } from "./nearest.ts";

export function demandKnown(given: readonly string[], known: readonly string[], what: string): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  throw new TypeError(
    `${unknown} is not a known ${what}. ${meant ? `Did you mean ${meant}?` : `There are: ${known.join(", ")}.`}`,
  );
}

export function demandObject(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new TypeError(`${name} must be an object.`);
}

export function demandFunction<F>(value: unknown, name: string): F {
  if (typeof value === "function") return value as F;
  throw new TypeError(`${name} must be a function.`);
}

/** Timers take no more. */
const most = 2 ** 31 - 1;

export function wholeNumber(value: unknown, name: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0 && value <= most) return value;
  throw new TypeError(`${name} must be a whole number from 1 to ${most}.`);
}
