/** What a client is made with. */
export interface ClientOptions {
  /** Tokens, and the application's key and secret. What an operation needs and is not here is not sent. */
  credentials?: Credentials | undefined;
  /**
   * Which of the servers named in the documents is called.
   * @default "production"
   */
  environment?: "production" | "mock" | undefined;
  /**
   * Replaces scheme, host and port of every server, for a mock or a proxy elsewhere.
   * @example "http://127.0.0.1:5000"
   */
  origin?: string | undefined;
  /**
   * Makes the requests.
   * @default globalThis.fetch
   */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
}

export interface Credentials {
  /** Key of the application, for `auth.requestToken` and `auth.revokeToken`. */
  key?: string | undefined;
  /** Secret of the application, for `auth.requestToken` and `auth.revokeToken`. */
  secret?: string | undefined;
  /** Sent as `Authorization: Bearer <access token>`. */
  accessToken?: string | undefined;
  /** Sent as `VZ-M2M-Token: <session token>`. */
  sessionToken?: string | undefined;
}

/** Options of one call. */
export interface CallOptions {
  /** Aborts the call. */
  signal?: AbortSignal | undefined;
  /** Headers to add; they replace those of the same name. */
  headers?: Record<string, string> | undefined;
}
