import { demandKnown, demandObject, wholeNumber } from "./demand.ts";

/**
 * Remembers which messages were handled, so that a repeat is acknowledged without being handled again. For several
 * processes, write one over a store that they share. A method may throw: then the message is not handled and the sender is
 * answered 500, or, when `commit` throws, the message was handled and may be handled again.
 */
export interface SeenStore {
  /**
   * Claims a message for handling, in one step: of two calls with one key only one may get `claimed`. A claim that is
   * neither committed nor released must end by itself some time after `handlerTimeoutMs`, because a process can die.
   *
   * @param key at most 100 ASCII characters.
   * @returns `claimed`: it is the caller's to handle. `pending`: another is handling it. `handled`: it was handled.
   */
  claim(key: string): ClaimResult | Promise<ClaimResult>;
  /** The message of a claimed key was handled. */
  commit(key: string): void | Promise<void>;
  /** The message of a claimed key was not handled: it can be claimed again. */
  release(key: string): void | Promise<void>;
}

export type ClaimResult = "claimed" | "pending" | "handled";

/** How much a memory store remembers. */
export interface MemorySeenStoreOptions {
  /** Messages; the oldest is forgotten for a new one. About 150 bytes each. @default 10000 */
  maxEntries?: number | undefined;
  /** Milliseconds from being claimed or handled. Ours: how late a repeat can come is not known. @default 3600000 */
  maxAgeMs?: number | undefined;
}

/**
 * Makes a store in the memory of this process.
 *
 * @throws {TypeError} when an option has a wrong value; the message names it.
 * @example
 * createCallbackListener({ ..., seen: createMemorySeenStore() });
 */
export function createMemorySeenStore(options: MemorySeenStoreOptions = {}): SeenStore {
  demandKnown(Object.keys(demandObject(options, "options")), ["maxEntries", "maxAgeMs"], "option");
  const maxEntries = wholeNumber(options.maxEntries ?? 10_000, "maxEntries");
  const maxAgeMs = wholeNumber(options.maxAgeMs ?? 3_600_000, "maxAgeMs");
  // The oldest first.
  const entries = new Map<string, { state: "pending" | "handled"; at: number }>();
  const put = (key: string, state: "pending" | "handled") => {
    entries.delete(key);
    entries.set(key, { state, at: Date.now() });
  };
  return {
    claim: (key) => {
      for (const [old, { at }] of entries) {
        if (Date.now() - at < maxAgeMs) break;
        entries.delete(old);
      }
      const known = entries.get(key);
      if (known) return known.state;
      const [oldest] = entries.keys();
      if (entries.size >= maxEntries && oldest !== undefined) entries.delete(oldest);
      put(key, "pending");
      return "claimed";
    },
    commit: (key) => put(key, "handled"),
    release: (key) => {
      entries.delete(key);
    },
  };
}

/**
 * What makes a message the same message: its API and the SHA-256 of its body. Ours, because ThingSpace promises no
 * identifier of a delivery (departure D10).
 */
export async function keyOf(api: string, body: Uint8Array): Promise<string> {
  // TypeScript does not know that these bytes are never shared memory.
  const digest = await crypto.subtle.digest("SHA-256", body as Uint8Array<ArrayBuffer>);
  return `${api}:${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
