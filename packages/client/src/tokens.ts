import type { CallInfo } from "./call-info.ts";
import type { Credentials } from "./credentials.ts";
import { credentialsError, wordsOf } from "./errors.ts";
import type { AuthOperations } from "./generated/operations.ts";
import { isHeaderValue } from "./header-value.ts";
import { type Outcome, refusalOf, unlike } from "./outcome.ts";
import { isPassing, isUnknown } from "./pause.ts";
import { cachedSlot, givenSlot, type Slot } from "./slot.ts";
import type { StoredToken, TokenStore } from "./token-store.ts";
import { unwrap } from "./unwrap.ts";

/** Where a call's tokens come from; `key` gives the application's key and secret in Basic form. */
export interface Tokens {
  /** Undefined when the credentials have an access token instead. */
  key: Slot | undefined;
  access: Slot;
  session: Slot;
}

// spec/auth/openapi.yaml: "expires after 20 minutes without use".
const idleMs = 20 * 60_000;

/** After so many logins of unknown outcome none is sent: the last call may send two, and five failed ones lock the user. */
const mostUnknown = 3;

/** Makes tokens of credentials, with the documents' own operations. */
export function createTokens(
  { key, accessToken, username, password, sessionToken }: Credentials,
  auth: AuthOperations,
  server: string,
  store: TokenStore | undefined,
  basic: string,
): Tokens {
  const requestToken = async (): Promise<StoredToken> => {
    const result = await auth.requestToken(
      { grant_type: "client_credentials" },
      // Those of these credentials, which may have been replaced or forgotten by now.
      { headers: { Authorization: `Basic ${basic}` } },
    );
    const { access_token, expires_in = 3600 } = accepted(result);
    if (!isHeaderValue(access_token) || typeof expires_in !== "number") throw unlike(result);
    // A minute before its end. Asking again gives the same token: near its end, ask after half of what is left.
    const usableSeconds = Math.max(expires_in - 60, expires_in / 2);
    return { token: access_token, expiresAt: Date.now() + usableSeconds * 1000 };
  };
  let unknown = 0;
  // A repetition after a 401 as well.
  const count = ({ attempts }: CallInfo) => {
    unknown += Math.min(attempts, 2);
  };
  const logIn = async (): Promise<StoredToken> => {
    if (unknown >= mostUnknown) {
      throw credentialsError(
        { operation: "auth.logIn", account: undefined, attempts: 0 },
        `is not sent again: ${unknown} in a row may have failed. Five failed logins lock the user.`,
      );
    }
    const expiresAt = Date.now() + idleMs;
    const result = await auth
      .logIn({ username: username as string, password: password as string })
      .catch((error) => {
        // It may be the token request's, or the caller's function's.
        if (error?.operation === "auth.logIn" && !notSent.test(error.code)) count(error);
        throw error;
      });
    if (result.ok) unknown = 0;
    else if (isUnknown(result.status)) count(result.call);
    const { sessionToken: token } = accepted(result);
    if (isHeaderValue(token)) return { token, expiresAt };
    throw unlike(result);
  };
  return {
    key: key ? givenSlot("key", basic) : undefined,
    access: accessToken
      ? givenSlot("accessToken", accessToken)
      : cachedSlot(requestToken, { store, key: `${server} accessToken ${key}` }),
    session: sessionToken
      ? givenSlot("sessionToken", sessionToken)
      : cachedSlot(logIn, { store, key: `${server} sessionToken ${username}`, idleMs }),
  };
}

/** In codes of connections that were not made: ECONNREFUSED, ENOTFOUND, EAI_AGAIN. */
const notSent = /REFUSED|NOTFOUND|AGAIN/;

/**
 * The data of an answer to credentials.
 *
 * @throws {ThingSpaceCredentialsError} when it rejects them. Statuses that say nothing about credentials do not.
 */
function accepted<R extends Outcome>(result: R): Extract<R, { ok: true }>["data"] {
  const { ok, status } = result;
  if (ok || status < 400 || status > 499 || status === 404 || isPassing(status)) return unwrap(result);
  const refusal = refusalOf(result);
  throw credentialsError(
    result.call,
    `${wordsOf(refusal)} These credentials are not sent again. Five failed logins lock the user.`,
    { status, code: refusal.code },
  );
}
