import { parse } from "content-type";

/** A `Content-Type` header, parsed. */
export interface MediaType {
  /** In lower case, such as `application/json`; empty when the header cannot be parsed. */
  type: string;
  /** In lower case; undefined when the header names none. */
  charset?: string;
}

/** Parses a `Content-Type` header. A missing header gives the same result as one that cannot be parsed. */
export function parseMediaType(header: string | null | undefined): MediaType {
  const { type, parameters } = parse(header ?? "");
  const charset = parameters["charset"]?.toLowerCase();
  return { type: type.toLowerCase(), ...(charset !== undefined && { charset }) };
}

/** Returns true if a media type is JSON: `application/json`, or one whose name ends with `+json`. */
export function isJson(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}
