import { withTimeout } from "../timeout.ts";
import type { InboxStore } from "./store.ts";

/**
 * Ends the calls that the inbox itself waits for: a connection that is lost without a word would stop it for good.
 *
 * @param ms the length of a lease, after which the result is of no use.
 */
export function limitStore(store: InboxStore, ms: number): InboxStore {
  const limit = <T>(work: Promise<T>) =>
    withTimeout(work, ms, () => new Error(`The store took longer than leaseMs, ${ms} ms.`));
  return {
    add: (message, options) => store.add(message, options),
    take: (options) => limit(store.take(options)),
    renew: (leases, options) => limit(store.renew(leases, options)),
    settle: (lease, outcome) => limit(store.settle(lease, outcome)),
    list: (options) => store.list(options),
    count: () => store.count(),
    replay: (ids) => store.replay(ids),
    purge: (options) => store.purge(options),
  };
}
