import { isSecretName, namesSecret, redacted } from "./names.ts";
import { redactText } from "./text.ts";

/** A body with its size and media types. */
export interface Body {
  text: string;
  /** Size in bytes, as it was sent. */
  bytes: number;
  /** The Content-Type that it was sent with. */
  sentType?: string | undefined;
  /** The media type that its operation takes. */
  mediaType?: string | undefined;
}

/**
 * Returns a body with its secrets hidden, read as the media type that its operation takes. A body that does not parse
 * as that type cannot be searched for secrets, so only its size and type are returned.
 *
 * @example
 * const mediaType = "application/json";
 * redactBody({ text: '{"password":"hunter2"}', bytes: 22, mediaType }) // '{"password":"[redacted]"}'
 * redactBody({ text: "password: hunter2", bytes: 17, mediaType, sentType: "text/yaml" }) // "[17 bytes, text/yaml]"
 */
export function redactBody(body: Body): string {
  return findRedactor(body.mediaType)?.(body.text) ?? hideBody(body);
}

/** Describes a body that is not shown: its size and the type that it was sent with. */
export function hideBody({ bytes, sentType = "" }: Pick<Body, "bytes" | "sentType">): string {
  // Without parameters, which can hold anything.
  const [type] = /^[\w.+*-]{1,60}\/[\w.+*-]{1,60}/.exec(sentType) ?? ["no type"];
  return `[${bytes} bytes, ${type}]`;
}

function findRedactor(mediaType: string | undefined) {
  if (mediaType === "application/json") return redactJson;
  if (mediaType === "application/x-www-form-urlencoded") return redactForm;
  return undefined;
}

/** Returns a JSON object or array without its secrets; undefined for any other text. */
function redactJson(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body.replace(/^\ufeff/, ""));
    if (typeof value !== "object" || value === null) return undefined;
    return JSON.stringify(value, (name, member: unknown) => {
      if (isSecretName(name)) return redacted;
      if (typeof member === "string") return redactText(member);
      return hideNamed(member);
    });
  } catch {
    // Not JSON, or nested deeper than the stack is.
    return undefined;
  }
}

/** Hides the other members of an object that names a secret, and the second entry of such a pair: `["password", "x"]`. */
function hideNamed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const [name] = value;
    const isPair = value.length === 2 && typeof name === "string" && isSecretName(name);
    return isPair ? [name, redacted] : value;
  }
  const members = Object.entries(value);
  const isNaming = ([name, member]: [string, unknown]) =>
    typeof member === "string" && namesSecret(name, member);
  if (!members.some(isNaming)) return value;
  return Object.fromEntries(members.map((entry) => [entry[0], isNaming(entry) ? entry[1] : redacted]));
}

/** Returns a form without its secrets; undefined unless every field has a plain name. */
function redactForm(body: string): string | undefined {
  const fields = body.split("&");
  const isForm = fields.every((field) => /^[\w.[\]%+-]{1,100}=[^\s"'{}<>]*$/.test(field));
  return isForm ? redactText(body) : undefined;
}
