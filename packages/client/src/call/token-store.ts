/**
 * Keeps tokens where other processes find them. A `Map` is a store for several clients in one process.
 *
 * The client asks the store when it has no valid token. A store that throws counts as empty: the client then gets tokens
 * of its own.
 *
 * @example
 * const tokenStore: TokenStore = {
 *   get: async (key) => JSON.parse((await redis.get(key)) ?? "null") ?? undefined,
 *   set: (key, token) => redis.set(key, JSON.stringify(token), { PXAT: token.expiresAt }),
 * };
 */
export interface TokenStore {
  /** Returns the token with this key; undefined without one. */
  get(key: string): StoredToken | undefined | Promise<StoredToken | undefined>;
  /**
   * Stores a token. Called for each new token, and once a minute for a session in use, because each use prolongs it.
   *
   * @param key has the server, the kind of token, and the application's key or the user name. Contains no secret.
   */
  set(key: string, token: StoredToken): unknown;
}

/** A token as plain data. It is as secret as the token in it. */
export interface StoredToken {
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}
