import type { Example } from "./example.ts";
import type { Schema } from "./schema.ts";

/** The content of a request, a response or a message, in the one media type that the document gives it. */
export interface Body {
  /** In lower case and without parameters, such as `application/json`. */
  mediaType: string;
  schema: Schema;
  /** By name, at least one. */
  examples: Record<string, Example>;
}

/** The body of a request or of a message. */
export interface RequestBody extends Body {
  description: string;
  isRequired: boolean;
}

/** Writes a value as the media type says: as a form, or else as JSON. */
export function encodeBody(mediaType: string, value: unknown): string {
  if (mediaType !== "application/x-www-form-urlencoded") return JSON.stringify(value);
  return new URLSearchParams(value as Record<string, string>).toString();
}
