/**
 * What the tokens come from: one way to the access token and one to the session token, in any combination.
 *
 * @example
 * const inProduction: Credentials = { key, secret, username, password };
 * const fromElsewhere: Credentials = { accessToken: () => vault.read("access"), sessionToken: "the-session-token" };
 */
export type Credentials = AccessCredentials & SessionCredentials;

/** The client gets access tokens with the application's key and secret, or is given them. */
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

/** The client logs in with the user's name and password, or is given session tokens. */
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
 * A token, or a function that is asked for it before every call, and once more after a 401. If it then gives another
 * token, the call is repeated. What it throws, the call throws.
 */
export type TokenGiver = string | (() => string | Promise<string>);
