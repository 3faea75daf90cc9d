import type { Operation } from "@thingspace-callbacks/contract/catalogue";
import { badRequest } from "./refusal.ts";

/** Which documented answer a request asks for, as Prism understands the `Prefer` header. */
export interface Preference {
  code?: number;
  exampleKey?: string;
  dynamic: boolean;
}

/** Whether a `Prefer` header asks for one of the documented answers. */
export function asksForDocumented(header: string | undefined): boolean {
  return header !== undefined && /\b(code|example|dynamic)\s*=/i.test(header);
}

/**
 * Reads `Prefer: code=400`, `Prefer: example=NAME` and `Prefer: dynamic=true`; other preferences are ignored, as the
 * header's standard (RFC 7240) demands.
 *
 * @throws {Refusal} 400 that names what there is, when the document has no such response or example
 */
export function preferenceOf(operation: Operation, header: string | undefined): Preference {
  const given = new Map(
    [...(header ?? "").matchAll(/([\w-]+)\s*=\s*"?([^\s",;]+)/g)].map(([, name, value]) => [
      name?.toLowerCase(),
      value,
    ]),
  );
  const preference: Preference = { dynamic: given.get("dynamic") === "true" };

  const code = given.get("code");
  if (code !== undefined) {
    const codes = Object.keys(operation.responses);
    if (!codes.includes(code)) throw unknown("code", code, codes);
    preference.code = Number(code);
  }
  const example = given.get("example");
  if (example !== undefined) {
    const status = code ?? "200";
    const contents = Object.values(operation.responses[status]?.content ?? {});
    const names = contents.flatMap(({ examples }) => Object.keys(examples));
    if (!names.includes(example)) throw unknown(`example of ${status}`, example, names);
    preference.exampleKey = example;
  }
  return preference;

  function unknown(what: string, value: string, known: string[]) {
    return badRequest(
      operation,
      `Prefer: there is no ${what} "${value}". There are: ${known.join(", ") || "none"}.`,
    );
  }
}
