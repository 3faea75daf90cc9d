import { stateAfter } from "./state-after.ts";
import type { InboxStore, Lease, MessageState, StoredMessage } from "./store.ts";

interface Entry extends Omit<StoredMessage, "id"> {
  position: number;
  /** When an active message's lease ends, when a waiting one is due, or since when another is what it is. */
  at: number;
}

/**
 * Creates an inbox store in the memory of this process, for tests. Everything is lost when the process ends.
 *
 * @example
 * const inbox = createInbox({ api: "v1", store: createMemoryInboxStore(), handlers });
 */
export function createMemoryInboxStore(): InboxStore {
  // In the order of their positions.
  let entries: Entry[] = [];
  let position = 0;
  const byKey = new Map<string, Entry>();

  return { add, take, renew, settle, list, count, replay, purge };

  async function add(
    message: Parameters<InboxStore["add"]>[0],
    { repeatWindowMs, leaseMs }: Parameters<InboxStore["add"]>[1],
  ): ReturnType<InboxStore["add"]> {
    const now = Date.now();
    const known = byKey.get(message.key);
    if (known && now - known.receivedAt < repeatWindowMs) return "known";
    position += 1;
    const entry: Entry = { ...message, position, state: "waiting", attempts: 0, receivedAt: now, at: now };
    const isFirst =
      leaseMs !== undefined &&
      !entries.some((other) => isPending(other) && other.orderKey === entry.orderKey);
    entries.push(entry);
    byKey.set(entry.key, entry);
    if (!isFirst) return "added";
    activate(entry, now + leaseMs);
    return { taken: toMessage(entry) };
  }

  async function take({ limit, leaseMs }: { limit: number; leaseMs: number }): Promise<StoredMessage[]> {
    const now = Date.now();
    const seen = new Set<string>();
    const taken: Entry[] = [];
    for (const entry of entries) {
      if (taken.length >= limit) break;
      if (!isPending(entry) || seen.has(entry.orderKey)) continue;
      seen.add(entry.orderKey);
      if (entry.at > now) continue;
      activate(entry, now + leaseMs);
      taken.push(entry);
    }
    return taken.map(toMessage);
  }

  async function renew(leases: Lease[], { leaseMs }: { leaseMs: number }): Promise<void> {
    for (const entry of leases.map(find)) if (entry) entry.at = Date.now() + leaseMs;
  }

  async function settle(lease: Lease, outcome: Parameters<InboxStore["settle"]>[1]): Promise<boolean> {
    const entry = find(lease);
    if (!entry) return false;
    entry.state = stateAfter(outcome);
    if (outcome.state === "released") entry.attempts -= 1;
    entry.at = Date.now() + (outcome.state === "retry" ? outcome.pauseMs : 0);
    if (outcome.state === "handled") delete entry.error;
    else entry.error = outcome.error;
    return true;
  }

  function find({ id, attempts }: Lease): Entry | undefined {
    return entries.find(
      (entry) => String(entry.position) === id && entry.state === "active" && entry.attempts === attempts,
    );
  }

  async function list({
    state,
    limit,
    after = "0",
  }: Parameters<InboxStore["list"]>[0]): Promise<StoredMessage[]> {
    const found = entries.filter(
      (entry) => entry.position > Number(after) && (!state || entry.state === state),
    );
    return found.slice(0, limit).map(toMessage);
  }

  async function count(): Promise<Record<MessageState, number>> {
    const counts = { waiting: 0, active: 0, handled: 0, dead: 0 };
    for (const { state } of entries) counts[state] += 1;
    return counts;
  }

  async function replay(ids: string[]): Promise<number> {
    const replayed = entries.filter((entry) => !isPending(entry) && ids.includes(String(entry.position)));
    entries = entries.filter((entry) => !replayed.includes(entry));
    for (const entry of replayed) {
      position += 1;
      Object.assign(entry, { position, state: "waiting", attempts: 0, at: Date.now() });
      entries.push(entry);
    }
    return replayed.length;
  }

  async function purge({ state, olderThanMs }: Parameters<InboxStore["purge"]>[0]): Promise<number> {
    const isOld = (entry: Entry) => entry.state === state && entry.at <= Date.now() - olderThanMs;
    const old = entries.filter(isOld);
    entries = entries.filter((entry) => !isOld(entry));
    for (const entry of old) if (byKey.get(entry.key) === entry) byKey.delete(entry.key);
    return old.length;
  }
}

const isPending = ({ state }: Entry) => state === "waiting" || state === "active";

function activate(entry: Entry, at: number): void {
  Object.assign(entry, { state: "active", attempts: entry.attempts + 1, at });
}

function toMessage({ position, at: _at, ...message }: Entry): StoredMessage {
  return { ...message, id: String(position) };
}
