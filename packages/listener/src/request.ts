/** A request as `verify`, `clientAddress`, the handlers and `onError` see it, whichever server it came through. */
export interface CallbackRequest {
  method: string;
  /**
   * Absolute through the web adapter, path and query in Node.js. With `pathSecret` it holds the secret: do not log it.
   */
  url: string;
  /** Names are taken in any case; several values of a name are joined with `, `. */
  headers: { get(name: string): string | null };
  /** Address of whoever connected, which may be a proxy. Known in Node.js only. */
  remoteAddress: string | undefined;
  /** The body as it came; empty until it has been read, which is after `clientAddress` has been asked. */
  body: Uint8Array;
}
