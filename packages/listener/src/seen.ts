import { validateObject, validateWholeNumber } from "./validate.ts";

/**
 * Remembers which messages were handled, so that a repeat is acknowledged without being handled again. For several
 * processes, implement it over a store that they share. A method may throw: the message is then not handled and gets
 * 500, or, when `commit` throws, it was handled and may be handled again.
 */
export interface SeenStore {
  /**
   * Claims a message for handling, in one step: of two calls with one key only one may get `claimed`. A claim that is
   * neither committed nor released must end by itself some time after `handlerTimeoutMs`, because a process can die.
   * While a claim is `pending`, the listener asks again, up to 30 times within `handlerTimeoutMs`.
   *
   * @param key at most 100 ASCII characters.
   * @returns `claimed`: the caller handles the message. `pending`: another request is handling it. `handled`: it was
   * handled before.
   */
  claim(key: string): ClaimResult | Promise<ClaimResult>;
  /** The message of a claimed key was handled. */
  commit(key: string): void | Promise<void>;
  /** The message of a claimed key was not handled: it can be claimed again. */
  release(key: string): void | Promise<void>;
}

export type ClaimResult = "claimed" | "pending" | "handled";

/** Options for `createMemorySeenStore`. */
export interface MemorySeenStoreOptions {
  /** Number of messages; a new one replaces the oldest. About 150 bytes each. @default 10000 */
  maxEntries?: number | undefined;
  /**
   * Milliseconds after a message was claimed or handled. Our choice: how late a repeat can come is not known.
   * @default 3600000
   */
  maxAgeMs?: number | undefined;
}

const options = { maxEntries: true, maxAgeMs: true } satisfies Record<keyof MemorySeenStoreOptions, true>;

/**
 * Creates a store in the memory of this process.
 *
 * @throws {OptionError} when an option is unknown or has a wrong value.
 * @example
 * createCallbackListener({ ..., seen: { store: createMemorySeenStore() } });
 */
export function createMemorySeenStore(given: MemorySeenStoreOptions = {}): SeenStore {
  validateObject(given, "options", Object.keys(options));
  const maxEntries = validateWholeNumber(given.maxEntries ?? 10_000, "maxEntries");
  const maxAgeMs = validateWholeNumber(given.maxAgeMs ?? 3_600_000, "maxAgeMs");
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
