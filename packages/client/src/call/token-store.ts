/**
 * Keeps tokens where other processes find them. A `Map` is one, for several clients of one process.
 *
 * It is asked when the client has no token that is valid. One that throws is treated as empty: the call goes on with
 * tokens of its own.
 *
 * @example
 * const tokenStore: TokenStore = {
 *   get: async (key) => JSON.parse((await redis.get(key)) ?? "null") ?? undefined,
 *   set: (key, token) => redis.set(key, JSON.stringify(token), { PXAT: token.expiresAt }),
 * };
 */
export interface TokenStore {
  /** The token kept under this key; undefined without one. */
  get(key: string): StoredToken | undefined | Promise<StoredToken | undefined>;
  /**
   * Keeps a token. Called for each new one, and once a minute for a session in use, whose end moves.
   *
   * @param key names the server, the kind of token, and the application's key or the user. Contains no secret.
   */
  set(key: string, token: StoredToken): unknown;
}

/** Plain data; as secret as the token in it. */
export interface StoredToken {
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}
