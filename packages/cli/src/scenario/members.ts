import { listApis } from "../service/registrations.ts";

/** A reader of a member: it returns the value, or undefined when the value is wrong. */
export interface Reader {
  read: (value: unknown) => unknown;
  /** The values that are right, in words. */
  expected: string;
}

/** The members of an object by name. */
export type Members = Record<string, Reader & { isRequired?: boolean }>;

/** A mistake in a scenario, and the path of its member. */
export class Mistake extends Error {
  readonly path: (string | number)[];

  constructor(path: (string | number)[], message: string) {
    super(message);
    this.path = path;
  }
}

/** Reads an object whose members are known. @throws {Mistake} which names the member and the values that are right */
export function readMembers(value: unknown, members: Members, path: (string | number)[]): object {
  if (!isObject(value)) throw new Mistake(path, `${path.at(-1)} is not an object.`);
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) {
    const known = Object.keys(members).join(", ");
    throw new Mistake([...path, unknown], `Unknown member "${unknown}". Known members: ${known}.`);
  }
  const entries = Object.entries(members).flatMap(([name, { isRequired, ...reader }]) => {
    if (value[name] === undefined && !isRequired) return [];
    return [[name, readValue(value[name], reader, [...path, name])]];
  });
  return Object.fromEntries(entries);
}

/** Reads a value. @throws {Mistake} which names the values that are right */
export function readValue(value: unknown, { read, expected }: Reader, path: (string | number)[]): unknown {
  const result = read(value);
  if (result === undefined) throw new Mistake(path, `${path.at(-1)} must be ${expected}.`);
  return result;
}

/** Returns a member that must be there. */
export const required = (reader: Reader) => ({ ...reader, isRequired: true });

/** Reads a text that is not empty. */
export const text: Reader = {
  expected: "a text",
  read: (value) => (typeof value === "string" && value !== "" ? value : undefined),
};

/** Reads a whole number that is not negative. */
export const count: Reader = {
  expected: "a whole number that is not negative",
  read: (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? value : undefined),
};

/** Reads a whole number from 1 on. */
export const positive: Reader = {
  expected: "a whole number from 1 on",
  read: (value) => (Number.isSafeInteger(value) && (value as number) > 0 ? value : undefined),
};

/** Reads true or false. */
export const flag: Reader = {
  expected: "true or false",
  read: (value) => (typeof value === "boolean" ? value : undefined),
};

/** Reads an object with any members. */
export const object: Reader = {
  expected: "an object",
  read: (value) => (isObject(value) ? value : undefined),
};

/** Reads one of several words. */
export const oneOf = (...words: string[]): Reader => ({
  expected: `one of ${words.join(", ")}`,
  read: (value) => words.find((word) => word === value),
});

/** Reads the name of a generation. */
export const api: Reader = oneOf(...listApis());

/** Reads a status or a class of them. YAML reads `503` as a number. */
export const status: Reader = {
  expected: "a status such as 503, or a class such as 5xx",
  read: (value) => (/^[1-5](\d\d|xx)$/.test(String(value)) ? String(value) : undefined),
};

const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a time such as `10s`, in milliseconds. */
export const time: Reader = {
  expected: "a time such as 500ms, 10s, 5m or 1h",
  read: (value) => {
    const [, number, unit = ""] = /^(\d{1,6})(ms|s|m|h|d)$/.exec(String(value)) ?? [];
    return number === undefined ? undefined : Number(number) * (unitMs[unit] ?? 0);
  },
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
