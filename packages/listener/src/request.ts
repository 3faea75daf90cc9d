/** The request that `verify`, `clientAddress`, handlers and `onError` receive, the same for every server. */
export interface CallbackRequest {
  method: string;
  /**
   * The absolute URL with the web adapter, the path and query in Node.js. With `pathSecret` it contains the secret: do not
   * log it.
   */
  url: string;
  /** Names are case-insensitive; several values of a name are joined with `, `. */
  headers: { get(name: string): string | null };
  /** The address of the peer, which may be a proxy. Known in Node.js only. */
  remoteAddress: string | undefined;
  /** The body as it was sent. Empty until it has been read, which is after `clientAddress` was called. */
  body: Uint8Array;
}
