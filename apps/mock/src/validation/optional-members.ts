import type { Operation } from "@thingspace-callbacks/contract";

/**
 * Returns a body without the members that are `null` and not required: vendor SDKs send `null` for an argument that was
 * left out (departure D34).
 *
 * @example
 * removeNulls(registerCallback, { name: "Fota", url, username: null }) // { name: "Fota", url }
 */
export function removeNulls(operation: Operation, body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  if (!Object.values(body).includes(null)) return body;
  const required = operation.body?.schema.required ?? [];
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => value !== null || required.includes(name)),
  );
}
