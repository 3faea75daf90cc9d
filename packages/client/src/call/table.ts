/** What a client knows of an API while it runs; scripts/operations.ts writes these tables. */
export interface Table<Operations = Record<string, unknown>> {
  servers: { production: string; mock: string };
  operations: Record<keyof Operations & string, Row>;
}

/** `key` is the application's key and secret in Basic form. */
export type TokenKind = "session" | "access" | "key";

/** An operation. */
export type Row = readonly [
  method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE",
  /** Below the API's base URL, with `{parameters}`. */
  path: string,
  /** In the order to get them in. */
  tokens: readonly TokenKind[],
  /** Of the documented 200: an array, an object with these required members, or no body. */
  shape: "array" | readonly string[] | null,
  /** Of the request body; an operation without one has none. */
  contentType?: string,
];
