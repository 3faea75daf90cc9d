import { isHeaderValue } from "../call/header-value.ts";
import { quietly } from "../call/quietly.ts";
import { timed } from "../call/timeout.ts";
import type { StoredToken, TokenStore } from "../call/token-store.ts";
import { ThingSpaceCredentialsError } from "../result/errors.ts";
import type { TokenGiver } from "./credentials.ts";

/** Where one kind of token comes from. */
export interface Slot {
  /**
   * The token to send. The object, not its text, is what `drop` knows it by: a new token may read like the old one.
   * The signal ends the wait of this call only.
   */
  get(signal?: AbortSignal): StoredToken | Promise<StoredToken>;
  /** Says that the service refused this token. It is forgotten, unless there is a newer one. */
  drop(refused: StoredToken | undefined): void;
  /** The token that is held, or about to be; one that was given is not. */
  held?(): Promise<StoredToken | undefined>;
}

/** Gives the token that it was given; a function is asked every time. */
export const givenSlot = (name: string, giver: TokenGiver): Slot => ({
  get:
    typeof giver === "string"
      ? () => ({ token: giver, expiresAt: 0 })
      : async (signal) => {
          const token = await timed(undefined, signal, async () => giver());
          if (isHeaderValue(token)) return { token, expiresAt: 0 };
          throw new TypeError(`${name} must give a token without line breaks.`);
        },
  drop: () => {},
});

export interface CachedSlotOptions {
  store: TokenStore | undefined;
  /** The token's key in the store. */
  key: string;
  /** How long a token is valid without use, in milliseconds. */
  idleMs?: number;
  /** How long a request for a token may take before other calls stop waiting for it, in milliseconds. */
  waitMs: number;
}

/** The end of a request for a token. It is a value, so that a rejection can only come from the runtime. */
type Settled = { token: StoredToken } | { error: unknown };

const minuteMs = 60_000;

const valid = (token: StoredToken | undefined) => (token && token.expiresAt > Date.now() ? token : undefined);

/** Keeps a token until it expires or is refused. Calls share one request for it. */
export function cachedSlot(
  issue: () => Promise<StoredToken>,
  { store, key, idleMs, waitMs }: CachedSlotOptions,
): Slot {
  let held: StoredToken | undefined;
  let pending: Promise<Settled> | undefined;
  let pendingSince = 0;
  let rejection: unknown;
  let refusedToken: string | undefined;
  let writtenAt = 0;

  /** Prolongs a session, because each use makes it last longer. */
  const use = (token: StoredToken) => {
    held = token;
    const now = Date.now();
    if (!idleMs) return token;
    token.expiresAt = now + idleMs;
    if (!store || now - writtenAt < minuteMs) return token;
    writtenAt = now;
    quietly(async () => {
      // Another process may have put a newer one there.
      const stored = await store.get(key);
      if (stored?.token === token.token) await store.set(key, { ...token });
    });
    return token;
  };

  const readStore = async () => {
    const stored = valid(await quietly(() => store?.get(key)));
    const isUsable = isHeaderValue(stored?.token) && stored.token !== refusedToken;
    return isUsable ? { ...stored } : undefined;
  };

  const issueAndStore = async () => {
    const token = await issue();
    writtenAt = Date.now();
    await quietly(() => store?.set(key, { ...token }));
    return token;
  };

  const settle = async (isCurrent: () => boolean): Promise<Settled> => {
    try {
      const stored = await readStore();
      const token = stored ?? (await issueAndStore());
      // Also a request that has been replaced by another: the token that arrives last is the newest.
      held = stored ? use(stored) : token;
      return { token };
    } catch (error) {
      // Only an answer of the service is a verdict on the credentials.
      if (error instanceof ThingSpaceCredentialsError && error.status) rejection = error;
      return { error };
    } finally {
      if (isCurrent()) pending = undefined;
    }
  };

  const request = (): Promise<Settled> => {
    // A request that took too long may have been replaced by another.
    const own: Promise<Settled> = settle(() => pending === own);
    pending = own;
    pendingSince = Date.now();
    return own;
  };

  /**
   * Waits for the request of another call, and resolves with undefined if it does not settle. In workers a promise
   * belongs to the request that made it: when that request has ended, the promise never settles, or the runtime
   * rejects the wait.
   */
  const waitFor = async (other: Promise<Settled>, signal?: AbortSignal): Promise<Settled | undefined> => {
    const leftMs = pendingSince + waitMs - Date.now();
    if (leftMs <= 0) return undefined;
    try {
      return await timed(leftMs, signal, () => other);
    } catch {
      signal?.throwIfAborted();
      return undefined;
    }
  };

  const wait = async (signal?: AbortSignal): Promise<StoredToken> => {
    let settled: Settled | undefined;
    while (!settled) {
      const other = pending;
      if (other) {
        settled = await waitFor(other, signal);
        if (!settled && pending === other) pending = undefined;
      } else {
        settled = await timed(undefined, signal, request);
      }
    }
    if ("error" in settled) throw settled.error;
    return settled.token;
  };

  return {
    get: (signal) => {
      const token = valid(held);
      if (token) return use(token);
      if (rejection) throw rejection;
      return wait(signal);
    },
    drop: (refused) => {
      if (!held || held !== refused) return;
      refusedToken = held.token;
      held = undefined;
    },
    held: async () => {
      if (pending) await waitFor(pending);
      return valid(held);
    },
  };
}
