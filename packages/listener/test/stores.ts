import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoreFixture } from "../src/conformance.ts";

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

let tables = 0;

/** Returns the name of a table that no other test uses. */
export function createTableName(): string {
  tables += 1;
  return `test_${tables}`;
}
