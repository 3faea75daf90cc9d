import type { Operation, Schema } from "@thingspace-callbacks/contract/catalogue";

/** What Prism reports about a request; `path` starts with the part of the request it is about. */
export interface Violation {
  path?: string[];
  message: string;
}

/**
 * A sentence that names the field and the rule it breaks.
 *
 * @example
 * messageOf({ path: ["body"], message: "Request body must have required property 'url'" }) // "url: is required."
 */
export function messageOf({ path = [], message }: Violation): string {
  // Prism takes a body that is `null` for none; one that is missing has been refused before.
  if (message.startsWith("Body parameter is required")) return sentence([], "must be object");
  const [part = "request", ...fields] = path;
  const missing = /must have required property '(.+)'$/.exec(message)?.[1];
  if (missing) return sentence([...fields, missing], "is required");
  return sentence(fields, /\bmust\b.*$/s.exec(message)?.[0] ?? message, part);
}

/** The name of a member may be as long as a body. */
const longestName = 100;

/** `field.member: rule.`; a rule about the whole names the part of the request. */
export function sentence(fields: string[], rule: string, part = "body"): string {
  const shown = fields.map((field) => field.slice(0, longestName));
  return `${shown.join(".") || part}: ${rule}.`;
}

/** The message with each pattern said in the document's own words, where it has any (`x-rule`). */
export function inWords({ parameters, requestBody }: Operation, message: string): string {
  const bodies = Object.values(requestBody?.content ?? {}).map(({ schema }) => schema);
  return [...parameters.map(({ schema }) => schema), ...bodies]
    .flatMap(withNested)
    .reduce(
      (text, { pattern, "x-rule": rule }) =>
        rule ? text.replaceAll(`must match pattern "${pattern}"`, `must be ${rule}`) : text,
      message,
    );
}

function withNested(schema: Schema): Schema[] {
  const nested = [...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : [])];
  return [schema, ...nested.flatMap(withNested)];
}
