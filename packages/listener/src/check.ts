// The parts that src/generated/apis.ts builds the checks of messages from. A check looks at documented members and ignores
// all others, so that unknown members are kept.

/** The first place where a message contradicts its document. */
export interface Mismatch {
  /** A JSON Pointer of documented names and indexes: `/firmwareList/0/model`, or empty for the message itself. */
  path: string;
  /** The documented kind of value, such as `a string`. */
  expected: string;
}

/** Returns the first mismatch. Documented members that are null are removed on the way: null means absent. */
export type Check = (value: unknown) => Mismatch | undefined;

const createCheck =
  (is: (value: unknown) => boolean, expected: string): Check =>
  (value) =>
    is(value) ? undefined : { path: "", expected };

export const string = createCheck((value) => typeof value === "string", "a string");
export const boolean = createCheck((value) => typeof value === "boolean", "a boolean");
export const number = createCheck((value) => typeof value === "number", "a number");
export const integer = createCheck(Number.isInteger, "an integer");
const anObject = createCheck(isObject, "an object");
const anArray = createCheck(Array.isArray, "an array");

/** Creates the check of an object whose named members, where they are present, pass their checks. */
export function object(members: Record<string, Check>): Check {
  const entries = Object.entries(members);
  return (value) => {
    if (!isObject(value)) return anObject(value);
    let first: Mismatch | undefined;
    for (const [name, check] of entries) {
      if (!Object.hasOwn(value, name)) continue;
      if (value[name] === null) {
        delete value[name];
        continue;
      }
      const mismatch = check(value[name]);
      if (mismatch) first ??= { ...mismatch, path: `/${name}${mismatch.path}` };
    }
    return first;
  };
}

/** Creates the check of an array whose items all pass a check. */
export function array(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return anArray(value);
    let first: Mismatch | undefined;
    for (let index = 0; index < value.length; index += 1) {
      const mismatch = check(value[index]);
      if (mismatch) first ??= { ...mismatch, path: `/${index}${mismatch.path}` };
    }
    return first;
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
