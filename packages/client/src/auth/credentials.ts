/**
 * Credentials of a client: one way to get access tokens and one way to get session tokens, in any combination.
 *
 * @example
 * const inProduction: Credentials = { key, secret, username, password };
 * const fromElsewhere: Credentials = { accessToken: () => vault.read("access"), sessionToken: "the-session-token" };
 */
export type Credentials = AccessCredentials & SessionCredentials;

/** The application's key and secret, with which the client requests access tokens; or access tokens themselves. */
export type AccessCredentials =
  | {
      /** Key of the application. */
      key: string;
      /** Secret of the application. */
      secret: string;
      accessToken?: undefined;
    }
  | {
      /** Sent as `Authorization: Bearer <access token>`. */
      accessToken: TokenGiver;
      key?: undefined;
      secret?: undefined;
    };

/** The user's name and password, with which the client logs in; or session tokens themselves. */
export type SessionCredentials =
  | {
      /** Name of the UWS user. */
      username: string;
      /** Password of the UWS user. */
      password: string;
      sessionToken?: undefined;
    }
  | {
      /** Sent as `VZ-M2M-Token: <session token>`. */
      sessionToken: TokenGiver;
      username?: undefined;
      password?: undefined;
    };

/**
 * A token, or a function that returns one. The function is called before every call, and once more after a 401: if it
 * then returns another token, the call is sent again. The call throws what the function throws.
 */
export type TokenGiver = string | (() => string | Promise<string>);
