import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { applicationId, schema, schemaVersion, upgrades } from "./schema.ts";
import { createStoreError, toStoreError } from "./store-error.ts";
import { demandStoreFile } from "./store-file.ts";
import { inTransaction } from "./transaction.ts";

/** Up to this size a store is checked whole when it is opened; a larger one without comparing its indexes. */
const wholeCheckBytes = 64 * 1024 * 1024;

/**
 * Only a checkpoint waits for the disk, and everything else waits for it meanwhile. It comes after so many pages, 40 MiB: a
 * tenth as often as by SQLite's default.
 */
const checkpointPages = 10_000;

/**
 * Opens the store: the file, which is made when it does not exist, or memory. What has been written is in the file even
 * when the process is killed; a file that is being made when the process is killed counts as none.
 *
 * @throws {StoreError} when the file is damaged, is not a store of this mock, or cannot be read and written
 */
export function openDatabase(file?: string): DatabaseSync {
  if (file === undefined) return openInMemory();
  demandStoreFile(file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    // One process at a time, because two would send every message twice; the lock goes with the process.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    makeOrCheck(database, file);
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${checkpointPages};
       BEGIN IMMEDIATE; COMMIT;`,
    );
    return database;
  } catch (error) {
    database?.close();
    throw toStoreError(file, error);
  }
}

function openInMemory(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  database.exec(schema);
  return database;
}

/** Does all of it in one transaction: SQLite would write even the first page of a new file in one of its own. */
function makeOrCheck(database: DatabaseSync, file: string): void {
  inTransaction(database, () => {
    const isNew = readLayout(database).length === 0;
    if (isNew) create(database);
    else bringUpToDate(database, file);
  });
}

function create(database: DatabaseSync): void {
  database.exec(
    `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; ${schema}`,
  );
}

/** Checks a store that exists and gives it what later versions added. */
function bringUpToDate(database: DatabaseSync, file: string): void {
  const found = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  const isKnown = found === schemaVersion || found in upgrades;
  if (!isKnown) throw createStoreError(file, "was written by another version of this mock");
  demandSound(database, file);
  for (let version = found; version < schemaVersion; version++) database.exec(upgrades[version] ?? "");
  if (found !== schemaVersion) database.exec(`PRAGMA user_version = ${schemaVersion}`);
  const expected = openInMemory();
  const isOurs = JSON.stringify(readLayout(database)) === JSON.stringify(readLayout(expected));
  expected.close();
  if (!isOurs) throw createStoreError(file, "is damaged: its tables are not those of a store");
}

/** The whole check takes about a second for a hundred megabytes, the quick one a third of that. */
function demandSound(database: DatabaseSync, file: string): void {
  const check = statSync(file).size <= wholeCheckBytes ? "integrity_check" : "quick_check";
  const finding = database.prepare(`PRAGMA ${check}(1)`).get()?.[check];
  if (finding !== "ok") throw createStoreError(file, `is damaged: ${finding}`);
}

function readLayout(database: DatabaseSync) {
  return database.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").all();
}
