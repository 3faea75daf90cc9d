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
  // A missing body comes without a path.
  const [part = message.startsWith("Body ") ? "body" : "request", ...fields] = path;
  const missing = /must have required property '(.+)'$/.exec(message)?.[1];
  if (missing) return sentence([...fields, missing], "is required");
  return sentence(fields, /\b(must|is required)\b.*$/s.exec(message)?.[0] ?? message, part);
}

/** `field.member: rule.`; a rule about the whole names the part of the request. */
export function sentence(fields: string[], rule: string, part = "body"): string {
  return `${fields.join(".") || part}: ${rule}.`;
}
