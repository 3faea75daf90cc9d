import type { TokenGiver } from "./credentials.ts";
import { ThingSpaceCredentialsError } from "./errors.ts";
import { quietly } from "./quietly.ts";
import type { StoredToken, TokenStore } from "./token-store.ts";

/** Where one kind of token comes from. */
export interface Slot {
  /** The token to send. The object, not its text, is what `drop` knows it by: a new token may read like the old one. */
  get(): StoredToken | Promise<StoredToken>;
  /** Says that the service refused this token. It is forgotten, unless there is a newer one. */
  drop(refused: StoredToken): void;
  /** The token that is held, or about to be. */
  held(): Promise<StoredToken | undefined>;
}

/** Gives the token that it was given; a function is asked every time. */
export function givenSlot(giver: TokenGiver): Slot {
  const ask = async (give: () => string | Promise<string>) => {
    const token = await give();
    if (typeof token === "string" && token) return { token, expiresAt: 0 };
    throw new TypeError("A function of the credentials must give a token: a string that is not empty.");
  };
  return {
    get: () => (typeof giver === "string" ? { token: giver, expiresAt: 0 } : ask(giver)),
    drop: () => {},
    held: async () => undefined,
  };
}

const minuteMs = 60_000;

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

  /** A use of a session, by which it lasts longer. */
  const use = (token: StoredToken, idleMs: number) => {
    const now = Date.now();
    token.expiresAt = now + idleMs;
    if (!store || now - writtenAt < minuteMs) return;
    writtenAt = now;
    quietly(async () => {
      // Another process may have put a newer one there.
      const stored = await store.get(key);
      if (stored?.token === token.token) await store.set(key, { ...token });
    });
  };

  const renew = async () => {
    const stored = await quietly(() => store?.get(key));
    if (stored?.token && stored.token !== refusedToken && stored.expiresAt > Date.now()) {
      const token = { ...stored };
      if (idleMs) use(token, idleMs);
      held = token;
      return token;
    }
    const token = await issue();
    held = token;
    writtenAt = Date.now();
    await quietly(() => store?.set(key, { ...token }));
    return token;
  };

  return {
    get: () => {
      if (held && held.expiresAt > Date.now()) {
        if (idleMs) use(held, idleMs);
        return held;
      }
      if (rejection) throw rejection;
      pending ??= renew()
        .catch((error) => {
          if (error instanceof ThingSpaceCredentialsError) rejection = error;
          throw error;
        })
        .finally(() => {
          pending = undefined;
        });
      return pending;
    },
    drop: (refused) => {
      if (held !== refused) return;
      refusedToken = held.token;
      held = undefined;
    },
    held: async () => {
      await quietly(() => pending);
      return held && held.expiresAt > Date.now() ? held : undefined;
    },
  };
}
