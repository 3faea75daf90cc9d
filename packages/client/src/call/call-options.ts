/** Options of one call. */
export interface CallOptions {
  /** Aborts the call while it waits for a token, for a response or between attempts. */
  signal?: AbortSignal | undefined;
  /**
   * How long one attempt may take until its whole body has been read, in milliseconds. Token requests, which other calls
   * may share, use the client's.
   * @default the client's `timeoutMs`
   */
  timeoutMs?: number | undefined;
  /**
   * Headers to add. A header that carries a token replaces the client's; the client then does not get or renew that
   * token for the call.
   */
  headers?: Record<string, string> | Headers | undefined;
}
