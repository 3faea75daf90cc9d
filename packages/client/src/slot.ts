import type { TokenGiver } from "./credentials.ts";
import { ThingSpaceCredentialsError } from "./errors.ts";
import { isHeaderValue } from "./header-value.ts";
import { quietly } from "./quietly.ts";
import type { StoredToken, TokenStore } from "./token-store.ts";

/** Where one kind of token comes from. */
export interface Slot {
  /** The token to send. The object, not its text, is what `drop` knows it by: a new token may read like the old one. */
  get(): StoredToken | Promise<StoredToken>;
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
      : async () => {
          const token = await giver();
          if (isHeaderValue(token)) return { token, expiresAt: 0 };
          throw new TypeError(`${name} must give a token without line breaks.`);
        },
  drop: () => {},
});

const minuteMs = 60_000;

const valid = (token: StoredToken | undefined) => (token && token.expiresAt > Date.now() ? token : undefined);

/** Keeps a token until it expires or is refused; one request for it is under way at a time. */
export function cachedSlot(
  issue: () => Promise<StoredToken>,
  { store, key, idleMs }: { store: TokenStore | undefined; key: string; idleMs?: number },
): Slot {
  let held: StoredToken | undefined;
  let pending: Promise<StoredToken> | undefined;
  let rejection: unknown;
  let refusedToken: string | undefined;
  let writtenAt = 0;

  /** Each use of a session makes it last longer. */
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

  const renew = async () => {
    try {
      const stored = valid(await quietly(() => store?.get(key)));
      if (isHeaderValue(stored?.token) && stored.token !== refusedToken) return use({ ...stored });
      held = await issue();
      const token = held;
      writtenAt = Date.now();
      await quietly(() => store?.set(key, { ...token }));
      return token;
    } catch (error) {
      if (error instanceof ThingSpaceCredentialsError) rejection = error;
      throw error;
    } finally {
      pending = undefined;
    }
  };

  return {
    get: () => {
      const token = valid(held);
      if (token) return use(token);
      if (rejection) throw rejection;
      pending ??= renew();
      return pending;
    },
    drop: (refused) => {
      if (!held || held !== refused) return;
      refusedToken = held.token;
      held = undefined;
    },
    held: async () => {
      await quietly(() => pending);
      return valid(held);
    },
  };
}
