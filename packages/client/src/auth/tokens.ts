import { isHeaderValue } from "../call/header-value.ts";
import { isRetryable } from "../call/retry.ts";
import type { StoredToken, TokenStore } from "../call/token-store.ts";
import { accessTokenSeconds, failuresToLock, sessionIdleSeconds } from "../generated/facts.ts";
import type { AuthOperations } from "../generated/operations.ts";
import type { WatchAttempt } from "../request/send.ts";
import { credentialsError, describeRefusal } from "../result/errors.ts";
import { type Outcome, toUndocumentedError } from "../result/outcome.ts";
import { unwrap } from "../result/unwrap.ts";
import type { Credentials } from "./credentials.ts";
import { createLoginLimit } from "./login-limit.ts";
import { cachedSlot, givenSlot, type Slot } from "./token-source.ts";

/** Where a call's tokens come from; `key` gives the application's key and secret in Basic form. */
export interface Tokens {
  /** Undefined when the credentials have an access token instead. */
  key: Slot | undefined;
  access: Slot;
  session: Slot;
}

/** What a client gives its tokens to work with. */
export interface TokensContext {
  /** Makes the operations that get the tokens; `watch` is told about each of their attempts. */
  createAuth(watch: WatchAttempt): AuthOperations;
  /** Base URL of the authentication API, for the keys in the store. */
  server: string;
  store: TokenStore | undefined;
  /** Key and secret in Basic form. */
  basic: string;
  /** How long a request for a token may take before other calls stop waiting for it, in milliseconds. */
  waitMs: number;
}

const idleMs = sessionIdleSeconds * 1000;

/** Makes tokens of credentials, with the documents' own operations. */
export function createTokens(
  { key, accessToken, username, password, sessionToken }: Credentials,
  { createAuth, server, store, basic, waitMs }: TokensContext,
): Tokens {
  const logins = createLoginLimit();
  const auth = createAuth(({ operationId }) => (operationId === "logIn" ? logins.noteLogin() : undefined));

  const requestToken = async (): Promise<StoredToken> => {
    const result = await auth.requestToken(
      { grant_type: "client_credentials" },
      // Those of these credentials, which may have been replaced or forgotten by now.
      { headers: { Authorization: `Basic ${basic}` } },
    );
    const { access_token: token, expires_in } = unwrapAccepted(result);
    if (!isHeaderValue(token)) throw toUndocumentedError(result);
    const seconds = readLifetime(expires_in) ?? accessTokenSeconds;
    // A minute before its end. Asking again gives the same token: near its end, ask after half of what is left.
    const usableSeconds = Math.max(seconds - 60, seconds / 2);
    return { token, expiresAt: Date.now() + usableSeconds * 1000 };
  };

  const logIn = async (): Promise<StoredToken> => {
    const nextAt = logins.nextAt();
    if (nextAt > Date.now()) {
      throw credentialsError(
        { operation: "auth.logIn", account: undefined, attempts: 0 },
        `is not sent again before ${new Date(nextAt).toISOString()}: ${logins.count()} in a row may have failed. ${failuresToLock} failed logins in a row lock the user.`,
      );
    }
    const expiresAt = Date.now() + idleMs;
    const result = await auth.logIn({ username: username as string, password: password as string });
    const { sessionToken: token } = unwrapAccepted(result);
    if (!isHeaderValue(token)) throw toUndocumentedError(result);
    logins.noteSuccess();
    return { token, expiresAt };
  };

  return {
    key: key ? givenSlot("key", basic) : undefined,
    access: accessToken
      ? givenSlot("accessToken", accessToken)
      : cachedSlot(requestToken, { store, key: `${server} accessToken ${key}`, waitMs }),
    session: sessionToken
      ? givenSlot("sessionToken", sessionToken)
      : cachedSlot(logIn, { store, key: `${server} sessionToken ${username}`, idleMs, waitMs }),
  };
}

/** Returns a number of seconds, also of one that is sent as text; undefined for everything else. */
function readLifetime(expiresIn: unknown): number | undefined {
  const seconds = typeof expiresIn === "string" ? Number(expiresIn) : expiresIn;
  return typeof seconds === "number" && Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

/**
 * Returns the data of an answer to credentials.
 *
 * @throws {ThingSpaceCredentialsError} when it rejects them. Statuses that say nothing about credentials do not.
 */
function unwrapAccepted<R extends Outcome>(result: R): Extract<R, { ok: true }>["data"] {
  const { ok, status } = result;
  const isVerdict = !ok && status >= 400 && status <= 499 && status !== 404 && !isRetryable(status);
  if (!isVerdict) return unwrap(result);
  throw credentialsError(
    result.call,
    `${describeRefusal(result)} These credentials are not sent again. ${failuresToLock} failed logins in a row lock the user.`,
    { status, code: result.code },
  );
}
