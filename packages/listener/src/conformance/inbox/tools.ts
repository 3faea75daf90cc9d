import type { InboxStore, NewMessage, StoredMessage } from "../../inbox/store.ts";
import { type CaseTools, type ConformanceCase, createCase, expectEqual } from "../case.ts";

export const repeatWindowMs = 3_600_000;
export const leaseMs = 60_000;
export const long = 60_000;

export const messageOf = (key: string, orderKey = key): NewMessage => ({
  key,
  orderKey,
  body: JSON.stringify({ key }),
});
export const keysOf = (messages: StoredMessage[]) => messages.map(({ key }) => key).sort();
export const add = (store: InboxStore, message: NewMessage) => store.add(message, { repeatWindowMs });
/** Stores a message, and returns it if the store has taken it in the same step. */
export async function addAndTake(store: InboxStore, message: NewMessage): Promise<StoredMessage | undefined> {
  const result = await store.add(message, { repeatWindowMs, leaseMs });
  if (typeof result === "object") return result.taken;
  expectEqual(result, "added", "The result of add");
  return undefined;
}
export const take = (store: InboxStore, limit = 100) => store.take({ limit, leaseMs });

export async function takeOne(store: InboxStore): Promise<StoredMessage> {
  const [taken, ...others] = await take(store);
  if (!taken || others.length > 0)
    expectEqual(taken ? 1 + others.length : 0, 1, "The number of messages taken");
  return taken as StoredMessage;
}

/** Creates a case for an inbox store. */
export const define = (
  title: string,
  body: (tools: CaseTools<InboxStore>) => Promise<void>,
): ConformanceCase<InboxStore> => createCase(title, body);
