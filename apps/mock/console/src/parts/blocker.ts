import type { Delivery } from "../api/call.ts";

/** The delivery that another one waits behind. */
export interface Blocker {
  id: number;
  api: Delivery["api"];
  /** Missing when it is not known. */
  nextAttemptAt?: string | undefined;
  /** True if it was attempted in vain. */
  isRetried: boolean;
}

/**
 * Returns the delivery that this one waits behind, if it waits. The one that the mock has named when this one was
 * accepted may have been sent since then, so the first pending one of the account counts, as far as it is listed.
 */
export function findBlocker(delivery: Delivery, all: readonly Delivery[]): Blocker | undefined {
  if (delivery.status !== "pending") return undefined;
  const first = all
    .filter(({ account, status }) => account === delivery.account && status === "pending")
    .reduce((one, other) => (other.id < one.id ? other : one), delivery);
  // One that is too old to be listed: only many messages that wait behind it can have made it so.
  const named = first.waitsBehind;
  if (named && !all.some(({ id }) => id === named.id)) return { ...named, isRetried: true };
  if (first.id === delivery.id) return undefined;
  const { id, api, nextAttemptAt, attempts } = first;
  return { id, api, nextAttemptAt, isRetried: attempts.length > 0 };
}
