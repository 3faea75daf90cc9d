import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

// Written into the header of our files, so that those of other programs are recognised.
const applicationId = 0x5453_4342; // "TSCB"
const version = 1;

const schema = `
  CREATE TABLE registrations (slot TEXT, account TEXT, url TEXT NOT NULL, username TEXT, password TEXT,
    PRIMARY KEY (slot, account)) STRICT;
  CREATE TABLE access_tokens (token TEXT PRIMARY KEY, key TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
  CREATE TABLE sessions (token TEXT PRIMARY KEY, username TEXT NOT NULL, used_at INTEGER NOT NULL) STRICT;
  CREATE TABLE failed_logins (username TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;
  CREATE TABLE deliveries (id INTEGER PRIMARY KEY AUTOINCREMENT, api TEXT NOT NULL, account TEXT NOT NULL,
    url TEXT NOT NULL, type TEXT NOT NULL, message TEXT NOT NULL, status TEXT NOT NULL, attempts TEXT NOT NULL,
    accepted_at INTEGER NOT NULL, due_at INTEGER NOT NULL) STRICT;
  CREATE INDEX deliveries_by_status ON deliveries (status, id);
  CREATE INDEX deliveries_by_account ON deliveries (account, id);
`;

/** A store file that cannot be used; it has been left as it was. */
export class StoreError extends Error {}

/**
 * Opens the store: the file, which is made when it does not exist, or memory. What has been written is in the file even
 * when the process is killed.
 *
 * @throws {StoreError} when the file is damaged, is not a store of this mock, or cannot be opened
 */
export function openDatabase(file?: string): DatabaseSync {
  if (file === undefined) return create(":memory:");
  const header = headerOf(file);
  if (header.length === 0) return create(file);
  if (header.toString("latin1", 0, 15) !== "SQLite format 3" || header.readUInt32BE(68) !== applicationId) {
    throw refusal(file, "is not a store of this mock");
  }
  if (header.readUInt32BE(60) !== version) throw refusal(file, "was written by another version of this mock");
  return reopen(file);
}

function create(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file);
    database.exec(
      `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}; BEGIN; ${schema} COMMIT;`,
    );
    return withJournal(database);
  } catch (error) {
    throw refusal(file, `cannot be made: ${(error as Error).message}`);
  }
}

function reopen(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    const [check] = database.prepare("PRAGMA quick_check(1)").all();
    if (check?.["quick_check"] !== "ok") throw new Error(String(check?.["quick_check"]));
    const ours = create(":memory:");
    const isOurs = layoutOf(database) === layoutOf(ours);
    ours.close();
    if (!isOurs) throw new Error("its tables are not those of a store");
    return withJournal(database);
  } catch (error) {
    database?.close();
    const { message } = error as Error;
    if (message.includes("locked")) throw refusal(file, "is in use by another mock");
    throw refusal(file, `is damaged: ${message}`);
  }
}

function layoutOf(database: DatabaseSync): string {
  return JSON.stringify(database.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").all());
}

function withJournal(database: DatabaseSync): DatabaseSync {
  // One process at a time, because two would send every message twice; the lock goes with the process.
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  database.exec("BEGIN IMMEDIATE; COMMIT;");
  return database;
}

/** The first 100 bytes: SQLite's header. Nothing when there is no file, or an empty one. */
function headerOf(file: string): Buffer {
  if (!existsSync(file)) return Buffer.alloc(0);
  try {
    const descriptor = openSync(file, "r");
    const header = Buffer.alloc(100);
    const size = readSync(descriptor, header, 0, 100, 0);
    closeSync(descriptor);
    return size === 0 ? Buffer.alloc(0) : header;
  } catch (error) {
    throw refusal(file, `cannot be read: ${(error as Error).message}`);
  }
}

function refusal(file: string, reason: string): StoreError {
  return new StoreError(`${file} ${reason}. It was left as it is; choose another file with --store.`);
}
