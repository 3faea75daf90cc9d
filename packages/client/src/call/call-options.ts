/** Options of one call. */
export interface CallOptions {
  /** Aborts the call wherever it is: waiting for a token, for an answer or between attempts. */
  signal?: AbortSignal | undefined;
  /**
   * How long one attempt may take until its whole answer has been read, in milliseconds. Requests for tokens, which
   * other calls may share, keep to the client's.
   * @default the client's `timeoutMs`
   */
  timeoutMs?: number | undefined;
  /**
   * Headers to add. One that would carry a token replaces the client's; the client then gets no token for it and
   * does not renew it.
   */
  headers?: Record<string, string> | Headers | undefined;
}
