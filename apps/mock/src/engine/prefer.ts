import { findResponse, getSuccess, type Operation } from "@thingspace-callbacks/contract";
import { createBadRequest } from "../operations/refusal.ts";

/** The documented response that a request prefers, as Prism reads the `Prefer` header. */
export interface Preference {
  code?: number;
  exampleKey?: string;
  dynamic: boolean;
}

/** Returns true if a `Prefer` header asks for a documented response. */
export function asksForDocumented(header: string | undefined): boolean {
  if (header === undefined) return false;
  const given = readPreferences(header);
  return ["code", "example", "dynamic"].some((name) => given.has(name));
}

/**
 * Reads `Prefer: code=400`, `Prefer: example=NAME` and `Prefer: dynamic=true`; other preferences are ignored, as the
 * header's standard (RFC 7240) demands.
 *
 * @throws {Refusal} 400 that names what there is, when the document has no such response or example
 */
export function parsePreference(operation: Operation, header: string | undefined): Preference {
  const given = readPreferences(header ?? "");
  const preference: Preference = { dynamic: given.get("dynamic") === "true" };

  const code = given.get("code");
  if (code !== undefined) {
    const codes = Object.keys(operation.responses);
    if (!codes.includes(code)) throw unknown("code", code, codes);
    preference.code = Number(code);
  }
  const example = given.get("example");
  if (example !== undefined) {
    const status = code ?? String(getSuccess(operation).status);
    const names = Object.keys(findResponse(operation, status)?.body?.examples ?? {});
    if (!names.includes(example)) throw unknown(`example of ${status}`, example, names);
    preference.exampleKey = example;
  }
  return preference;

  function unknown(what: string, value: string, known: string[]) {
    return createBadRequest(
      operation,
      `Prefer: unknown ${what} "${value.slice(0, 100)}". Known: ${known.join(", ") || "none"}.`,
    );
  }
}

/** The preferences of a header by name, in lower case. They are separated by commas, semicolons or spaces. */
function readPreferences(header: string): Map<string, string> {
  const given = new Map<string, string>();
  // Not an expression with `\s*=`: that would take time in proportion to the square of the spaces.
  const withoutSpaces = header
    .split("=")
    .map((part) => part.trim())
    .join("=");
  for (const part of withoutSpaces.split(/[,;\s]/)) {
    const equals = part.indexOf("=");
    const value = part.slice(equals + 1).replaceAll('"', "");
    if (equals > 0 && value !== "") given.set(part.slice(0, equals).toLowerCase(), value);
  }
  return given;
}
