import { parse } from "content-type";

/** What a `Content-Type` header says. */
export interface MediaType {
  /** In lower case, such as `application/json`; empty when the header says nothing that can be read. */
  type: string;
  /** In lower case; undefined when the header names none. */
  charset?: string;
}

/** Reads a `Content-Type` header; one that is missing reads like one that says nothing. */
export function parseMediaType(header: string | null | undefined): MediaType {
  const { type, parameters } = parse(header ?? "");
  const charset = parameters["charset"]?.toLowerCase();
  return { type: type.toLowerCase(), ...(charset !== undefined && { charset }) };
}

/** Returns whether a media type is JSON: `application/json`, or one whose name ends with `+json`. */
export function isJson(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}
