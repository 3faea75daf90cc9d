import { isHeaderValue } from "../call/header-value.ts";
import { ignoreErrors } from "../call/ignore-errors.ts";
import { withTimeout } from "../call/timeout.ts";
import type { StoredToken, TokenStore } from "../call/token-store.ts";
import { untilAborted } from "../call/until-aborted.ts";
import { ThingSpaceCredentialsError } from "../result/errors.ts";
import type { TokenSource } from "./token-source.ts";

export interface RequestedSourceOptions {
  /** Requests a new token from the service. */
  requestToken: () => Promise<StoredToken>;
  store: TokenStore | undefined;
  /** Key of the token in the store. */
  key: string;
  /** How long a token is valid without use, in milliseconds; undefined if use does not prolong it. */
  idleMs?: number;
  /** How long a token request may take before other calls stop waiting for it, in milliseconds. */
  waitMs: number;
}

/** The end of a token request. It is a value, so that a rejection can only come from the runtime. */
type Settled = { token: StoredToken } | { error: unknown };

/** A token request that calls wait for. */
interface Pending {
  settled: Promise<Settled>;
  since: number;
}

/** How often the store is told that a session is in use. */
const writeIntervalMs = 60_000;

/** Creates a source that requests a token and keeps it until it expires or is refused. Calls share one request. */
export function createRequestedSource(options: RequestedSourceOptions): TokenSource {
  const { requestToken, store, key, idleMs, waitMs } = options;
  let held: StoredToken | undefined;
  let pending: Pending | undefined;
  let rejection: ThingSpaceCredentialsError | undefined;
  let refusedText: string | undefined;
  let writtenAt = 0;

  /** Prolongs a session, because each use makes it last longer. */
  const use = (token: StoredToken): StoredToken => {
    if (!idleMs) return token;
    const now = Date.now();
    token.expiresAt = now + idleMs;
    if (store && now - writtenAt >= writeIntervalMs) {
      writtenAt = now;
      ignoreErrors(() => prolongStored(store, key, token));
    }
    return token;
  };

  const readStore = async (): Promise<StoredToken | undefined> => {
    const stored = await ignoreErrors(() => store?.get(key));
    const isUsable = isValid(stored) && isHeaderValue(stored.token) && stored.token !== refusedText;
    return isUsable ? { ...stored } : undefined;
  };

  const requestAndStore = async (): Promise<StoredToken> => {
    const token = await requestToken();
    writtenAt = Date.now();
    await ignoreErrors(() => store?.set(key, { ...token }));
    return token;
  };

  const settle = async (): Promise<Settled> => {
    try {
      const stored = await readStore();
      // Also if another request has replaced this one: the token that arrives last is the newest.
      held = stored ? use(stored) : await requestAndStore();
      return { token: held };
    } catch (error) {
      // Other errors say nothing about the credentials.
      if (error instanceof ThingSpaceCredentialsError && error.reason === "rejected") rejection = error;
      return { error };
    }
  };

  const startRequest = (): Pending => {
    const settled = settle().finally(() => forget(started));
    const started: Pending = { settled, since: Date.now() };
    pending = started;
    return started;
  };

  /** Ends the wait for a request, unless another has replaced it. */
  const forget = (request: Pending) => {
    if (pending === request) pending = undefined;
  };

  /**
   * Waits for the request of another call, and resolves with undefined if it does not settle. In workers a promise
   * belongs to the request that made it: when that request has ended, the promise never settles, or the runtime
   * rejects the wait.
   */
  const waitFor = async ({ settled, since }: Pending, signal?: AbortSignal): Promise<Settled | undefined> => {
    const timeoutMs = since + waitMs - Date.now();
    if (timeoutMs <= 0) return undefined;
    try {
      return await withTimeout(() => settled, { timeoutMs, signal });
    } catch {
      signal?.throwIfAborted();
      return undefined;
    }
  };

  const waitForToken = async (signal?: AbortSignal): Promise<StoredToken> => {
    let settled: Settled | undefined;
    while (!settled) {
      const other = pending;
      if (other) {
        settled = await waitFor(other, signal);
        if (!settled) forget(other);
      } else {
        settled = await untilAborted(startRequest().settled, signal);
      }
    }
    if ("error" in settled) throw settled.error;
    return settled.token;
  };

  return {
    get: (signal) => {
      if (isValid(held)) return use(held);
      if (rejection) throw rejection;
      return waitForToken(signal);
    },
    drop: (refused) => {
      if (held !== refused) return;
      refusedText = held.token;
      held = undefined;
    },
    findRequested: async () => {
      if (pending) await waitFor(pending);
      return isValid(held) ? held : undefined;
    },
  };
}

const isValid = (token: StoredToken | undefined): token is StoredToken =>
  token !== undefined && token.expiresAt > Date.now();

/** Writes when a session expires, unless another process has stored a newer session. */
async function prolongStored(store: TokenStore, key: string, token: StoredToken): Promise<void> {
  const stored = await store.get(key);
  if (stored?.token === token.token) await store.set(key, { ...token });
}
