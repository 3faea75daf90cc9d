/**
 * Returns a copy of an object with another value at a path. Members on the way that are missing are added.
 *
 * @example
 * setAt({ a: { b: 1 } }, ["a", "c"], 2) // { a: { b: 1, c: 2 } }
 */
export function setAt(object: object, [name, ...rest]: string[], value: unknown): Record<string, unknown> {
  if (name === undefined) return { ...object };
  const members = object as Record<string, unknown>;
  if (rest.length === 0) return { ...members, [name]: value };
  const child = members[name];
  const inner = typeof child === "object" && child !== null ? child : {};
  return { ...members, [name]: setAt(inner, rest, value) };
}
