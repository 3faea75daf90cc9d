// What src/generated/apis.ts builds the checks of messages from. A check looks at what is documented and passes over the
// rest, so that unknown members are kept.

/** The first place where a message is not as documented. */
export interface Mismatch {
  /** Where, as a JSON Pointer of documented names and indexes: `/firmwareList/0/model`. The message itself is ``. */
  path: string;
  /** What the document says is there, such as `a string`. */
  expected: string;
}

export type Check = (value: unknown) => Mismatch | undefined;

const must =
  (is: (value: unknown) => boolean, expected: string): Check =>
  (value) =>
    is(value) ? undefined : { path: "", expected };

export const string = must((value) => typeof value === "string", "a string");
export const boolean = must((value) => typeof value === "boolean", "a boolean");
export const number = must((value) => typeof value === "number", "a number");
export const integer = must(Number.isInteger, "an integer");
const anObject = must(isObject, "an object");
const anArray = must(Array.isArray, "an array");

/** An object whose named members, where they are present, pass their checks. */
export function object(members: Record<string, Check>): Check {
  const entries = Object.entries(members);
  return (value) => {
    if (!isObject(value)) return anObject(value);
    for (const [name, check] of entries) {
      const mismatch = Object.hasOwn(value, name) && check(value[name]);
      if (mismatch) return { ...mismatch, path: `/${name}${mismatch.path}` };
    }
    return undefined;
  };
}

export function array(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return anArray(value);
    for (let index = 0; index < value.length; index += 1) {
      const mismatch = check(value[index]);
      if (mismatch) return { ...mismatch, path: `/${index}${mismatch.path}` };
    }
    return undefined;
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
