import { Refusal } from "./failure.ts";
import type { ClaimResult, SeenStore } from "./seen.ts";

/** The parts that handling a message once needs. */
export interface OnceOptions {
  store: SeenStore;
  key: string;
  handle: () => unknown;
  /** How long a repeat waits for the first, in milliseconds. */
  timeoutMs: number;
  /** Receives what `commit` or `release` threw: the outcome of the message does not depend on it. */
  onStoreError: (error: unknown) => void;
}

/**
 * Handles a message unless it was handled before. While another request handles it, this one waits; when the other one
 * has failed, this one handles the message.
 *
 * @returns what `handle` resolves with, or that the message is a repeat.
 * @throws {Refusal} `BEING_HANDLED` when the other request has not finished in time: acknowledged now, the message would be
 * lost if that one failed. `SEEN_FAILED` when the store cannot claim.
 */
export async function handleOnce(options: OnceOptions): Promise<unknown> {
  const { store, key, handle, timeoutMs, onStoreError } = options;
  const claim = await claimMessage(store, key, timeoutMs);
  if (claim === "handled") return { repeat: true };
  if (claim === "pending") {
    const headers = { "Retry-After": String(Math.ceil(timeoutMs / 1000)) };
    throw new Refusal("BEING_HANDLED", "being handled", { headers });
  }
  let result: unknown;
  try {
    result = await handle();
  } catch (error) {
    await tryTo(() => store.release(key));
    throw error;
  }
  await tryTo(() => store.commit(key));
  return result;

  async function tryTo(act: () => unknown): Promise<void> {
    try {
      await act();
    } catch (error) {
      onStoreError(error);
    }
  }
}

const maxAttempts = 30;

/**
 * Claims a message. While another request has the claim, asks the store again, 29 times in 87 % of the time limit. A promise
 * of the other request would be of no use: that request can be in another process, and in workers a request cannot wait
 * for a promise of another one.
 */
async function claimMessage(store: SeenStore, key: string, timeoutMs: number): Promise<ClaimResult> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await claim();
    if (result !== "pending" || attempt === maxAttempts) return result;
    await new Promise((resolve) => setTimeout(resolve, 0.03 * timeoutMs));
  }

  async function claim(): Promise<ClaimResult> {
    try {
      return await store.claim(key);
    } catch (cause) {
      throw new Refusal("SEEN_FAILED", "not handled", { cause });
    }
  }
}
