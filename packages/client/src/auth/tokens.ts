import type { WatchAttempt } from "../call/call.ts";
import { isHeaderValue } from "../call/header-value.ts";
import { isRetryable } from "../call/retry.ts";
import type { StoredToken, TokenStore } from "../call/token-store.ts";
import { accessTokenSeconds, failuresToLock, sessionIdleSeconds } from "../generated/facts.ts";
import type { AuthOperations } from "../generated/operations.ts";
import { createCredentialsError, describeRefusal } from "../result/errors.ts";
import { toUndocumentedError } from "../result/outcome.ts";
import type { Outcome } from "../result/result.ts";
import { unwrap } from "../result/unwrap.ts";
import type { Credentials } from "./credentials.ts";
import { createLoginLimit } from "./login-limit.ts";
import { createRequestedSource } from "./requested-source.ts";
import { createGivenSource, type TokenSource } from "./token-source.ts";

/** The sources of a client's tokens. */
export interface Tokens {
  /** The application's key and secret in Basic form; undefined when access tokens are given instead. */
  key: TokenSource | undefined;
  access: TokenSource;
  session: TokenSource;
}

/** The parts of a client that its tokens need. */
export interface TokensContext {
  /** Creates the operations that get the tokens; `watch` watches each of their attempts. */
  createAuth(watch: WatchAttempt): AuthOperations;
  /** Base URL of the authentication API, for the keys in the store. */
  server: string;
  store: TokenStore | undefined;
  /** Key and secret in Basic form. */
  basic: string;
  /** How long a token request may take before other calls stop waiting for it, in milliseconds. */
  waitMs: number;
}

const idleMs = sessionIdleSeconds * 1000;
/** A sentence that follows another one. */
const lockWarning = ` ${failuresToLock} failed logins in a row lock the user.`;

/**
 * Creates the token sources of credentials.
 *
 * The sources get their tokens with the client's own operations, so that a token request has the same timeout, retries,
 * hooks and errors as every other call. Sending a call therefore sends other calls, which need tokens themselves:
 *
 * 1. `v1.listRegisteredCallbacks` needs a session token and an access token.
 * 2. The session source calls `auth.logIn`, which needs an access token.
 * 3. The access source calls `auth.requestToken`, which needs key and secret only (Basic).
 *
 * The recursion ends there, because the source of key and secret sends nothing: it is given its value.
 */
export function createTokens(credentials: Credentials, context: TokensContext): Tokens {
  const { key, accessToken, username, password, sessionToken } = credentials;
  const { createAuth, server, store, basic, waitMs } = context;
  const logins = createLoginLimit();
  const auth = createAuth(({ operationId }) => (operationId === "logIn" ? logins.noteLogin() : undefined));

  const requestToken = async (): Promise<StoredToken> => {
    const result = await auth.requestToken(
      { grant_type: "client_credentials" },
      // The key source may belong to other credentials by now, or be gone.
      { headers: { Authorization: `Basic ${basic}` } },
    );
    const { access_token: token, expires_in } = unwrapAccepted(result);
    if (!isHeaderValue(token)) throw toUndocumentedError(result);
    const seconds = readLifetime(expires_in) ?? accessTokenSeconds;
    // Until a minute before its end. Close to its end the service gives the same token again, so then it is used for
    // half of the time that is left.
    const usableSeconds = Math.max(seconds - 60, seconds / 2);
    return { token, expiresAt: Date.now() + usableSeconds * 1000 };
  };

  const logIn = async (): Promise<StoredToken> => {
    const nextAt = logins.nextAt();
    if (nextAt > Date.now()) {
      throw createCredentialsError(
        { operation: "auth.logIn", account: undefined, attempts: 0 },
        `is not sent before ${new Date(nextAt).toISOString()}: the last ${logins.count()} logins may have failed.${lockWarning}`,
        { reason: "unknown" },
      );
    }
    const expiresAt = Date.now() + idleMs;
    const result = await auth.logIn({ username: username as string, password: password as string });
    const { sessionToken: token } = unwrapAccepted(result, lockWarning);
    if (!isHeaderValue(token)) throw toUndocumentedError(result);
    logins.noteSuccess();
    return { token, expiresAt };
  };

  return {
    key: key ? createGivenSource("key", basic) : undefined,
    access: accessToken
      ? createGivenSource("accessToken", accessToken)
      : createRequestedSource({ requestToken, store, key: `${server} accessToken ${key}`, waitMs }),
    session: sessionToken
      ? createGivenSource("sessionToken", sessionToken)
      : createRequestedSource({
          requestToken: logIn,
          store,
          key: `${server} sessionToken ${username}`,
          idleMs,
          waitMs,
        }),
  };
}

/** Returns a number of seconds, also if it is sent as text; undefined for everything else. */
function readLifetime(expiresIn: unknown): number | undefined {
  const seconds = typeof expiresIn === "string" ? Number(expiresIn) : expiresIn;
  return typeof seconds === "number" && Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

/**
 * Returns the data of the response to a token request.
 *
 * @param warning is added to the error about credentials that were rejected
 * @throws {ThingSpaceCredentialsError} when the response rejects the credentials.
 * @throws {ThingSpaceApiError} when it has a status that says nothing about them.
 */
function unwrapAccepted<R extends Outcome>(result: R, warning = ""): Extract<R, { ok: true }>["data"] {
  const { ok, status, call, code } = result;
  const isRejection = !ok && status >= 400 && status <= 499 && status !== 404 && !isRetryable(status);
  if (!isRejection) return unwrap(result);
  const sentence = `${describeRefusal(result)} These credentials are not sent again.${warning}`;
  throw createCredentialsError(call, sentence, { reason: "rejected", status, code });
}
