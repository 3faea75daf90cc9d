import { afterEach, expect, test, vi } from "vitest";
import type { StoredMessage } from "../src/inbox.ts";
import type { SqliteInboxStore, SqliteInboxStoreOptions } from "../src/sqlite.ts";
import { createFolder, createWatchedSqliteStore } from "./stores.ts";

afterEach(() => vi.restoreAllMocks());

/** Opens a store, and watches how much each of its transactions waits for the disk. */
function open(options: Partial<SqliteInboxStoreOptions>) {
  const { folder, remove } = createFolder();
  const { store, database } = createWatchedSqliteStore({ file: `${folder}/inbox.sqlite`, ...options });
  const readLevel = () =>
    ["off", "normal", "full"][Number(database.prepare("PRAGMA synchronous").get()?.["synchronous"])];
  const close = () => {
    store.close();
    remove();
  };
  return { store, readLevel, close };
}

const add = (store: SqliteInboxStore, key: string) =>
  store.add({ key, orderKey: key, body: "{}" }, { repeatWindowMs: 1_000, leaseMs: 60_000 });

async function addTaken(store: SqliteInboxStore, key: string): Promise<StoredMessage> {
  const result = await add(store, key);
  if (typeof result === "string") throw new Error(`The message was ${result}, and not taken.`);
  return result.taken;
}

test.each([
  { durability: undefined, stored: "full" },
  { durability: "full" as const, stored: "full" },
  { durability: "process" as const, stored: "normal" },
])(
  "a transaction with a message waits for the disk unless the durability is process, and one with outcomes only does not ($durability)",
  async ({ durability, stored }) => {
    const { store, readLevel, close } = open({ durability });
    const [first, second] = [await addTaken(store, "a"), await addTaken(store, "b")];
    expect(readLevel()).toBe(stored);
    await store.settle(first, { state: "handled" });
    expect(readLevel()).toBe("normal");
    await Promise.all([store.settle(second, { state: "handled" }), add(store, "c")]);
    expect(readLevel()).toBe(stored);
    close();
  },
);
