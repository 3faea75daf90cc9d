import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type DatabaseSyncOptions } from "node:sqlite";
import { vi } from "vitest";
import type { StoreFixture } from "../src/conformance.ts";
import { createSqliteInboxStore, type SqliteInboxStoreOptions } from "../src/sqlite.ts";

/** Creates a folder for one test. */
export function createFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "thingspace-inbox-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Makes a fixture of a store in a file, which several connections can open. */
export function createFileFixture<Store extends { close(): void }>(
  open: (file: string) => Store,
): StoreFixture<Store> {
  const { folder, remove } = createFolder();
  const opened: Store[] = [];
  const connect = () => {
    const store = open(join(folder, "store.sqlite"));
    opened.push(store);
    return store;
  };
  return {
    store: connect(),
    connect,
    close: () => {
      for (const store of opened) store.close();
      remove();
    },
  };
}

/** Creates a SQLite inbox store, and returns its connection to the database, too. */
export function createWatchedSqliteStore(options: SqliteInboxStoreOptions) {
  const opened: DatabaseSync[] = [];
  class WatchedDatabase extends DatabaseSync {
    constructor(path: string, options: DatabaseSyncOptions) {
      super(path, options);
      opened.push(this);
    }
  }
  vi.spyOn(process, "getBuiltinModule").mockReturnValueOnce({ DatabaseSync: WatchedDatabase } as never);
  const store = createSqliteInboxStore(options);
  const [database] = opened;
  if (!database) throw new Error("The store has not opened a database.");
  return { store, database };
}

let tables = 0;

/** Returns the name of a table that no other test uses. */
export function createTableName(): string {
  tables += 1;
  return `test_${tables}`;
}
