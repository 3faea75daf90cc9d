/** What the client knows of an operation while it runs; scripts/operations.ts writes these rows. */
export type Row = readonly [
  method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE",
  /** Below the API's base URL, with `{parameters}`. */
  path: string,
  /** `key` is the application's key and secret, `access` the access token, `session` both tokens. */
  security: "key" | "access" | "session",
  /** Of the documented 200: an array, an object with these required members, or no body. */
  shape: "array" | readonly string[] | null,
  /** Of the request body; an operation without one has none. */
  contentType?: string,
];
