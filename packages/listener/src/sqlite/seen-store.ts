import type { SeenStore } from "../seen.ts";
import { createSeenSettings, type SeenStoreAges, seenOptions } from "../seen-ages.ts";
import { createInvalid, validateObject } from "../validate.ts";
import { openDatabase } from "./database.ts";
import { createTransactions } from "./transactions.ts";

/** Options for `createSqliteSeenStore`. */
export interface SqliteSeenStoreOptions extends SeenStoreAges {
  /** Path of the database file, which is created when it is missing. It can be the inbox's. */
  file: string;
}

/** A seen store in a SQLite file. */
export interface SqliteSeenStore extends SeenStore {
  /** Closes the file. */
  close(): void;
}

/** More than one claim adds, and few enough that no claim waits: after a pause there can be millions. */
const forgottenAtOnce = 100;

const options = { file: true, ...seenOptions } satisfies Record<keyof SqliteSeenStoreOptions, true>;

/**
 * Creates a seen store in a SQLite file, over node:sqlite.
 *
 * @throws {OptionError} when an option is missing, unknown or has a wrong value.
 * @throws {Error} when the runtime has no node:sqlite, or the file cannot be opened.
 * @example
 * createCallbackListener({ ..., seen: { store: createSqliteSeenStore({ file: "seen.sqlite" }) } });
 */
export function createSqliteSeenStore(given: SqliteSeenStoreOptions): SqliteSeenStore {
  const { file, ...ages } = validateObject(given, "options", Object.keys(options));
  if (typeof file !== "string" || file === "") throw createInvalid("file", "a path");
  const { maxAgeMs, claimMs } = createSeenSettings(ages);
  const database = openDatabase(file);
  database.exec(
    "CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, state TEXT NOT NULL, ends_at INTEGER NOT NULL)",
  );
  database.exec("CREATE INDEX IF NOT EXISTS seen_ends_at ON seen (ends_at)");
  const transactions = createTransactions(database, "full");
  const forget = database.prepare(
    `DELETE FROM seen WHERE key IN (SELECT key FROM seen WHERE ends_at <= ? LIMIT ${forgottenAtOnce})`,
  );
  const find = database.prepare("SELECT state FROM seen WHERE key = ? AND ends_at > ?");
  const put = database.prepare("INSERT OR REPLACE INTO seen (key, state, ends_at) VALUES (?, ?, ?)");
  const remove = database.prepare("DELETE FROM seen WHERE key = ? AND state = 'pending'");

  return {
    claim: (key) =>
      transactions.run(() => {
        const now = Date.now();
        forget.run(now);
        const [known] = find.all(key, now);
        if (known) return known["state"] === "handled" ? "handled" : "pending";
        put.run(key, "pending", now + claimMs);
        return "claimed";
      }),
    commit: (key) =>
      transactions.run(() => {
        put.run(key, "handled", Date.now() + maxAgeMs);
      }),
    release: (key) =>
      transactions.run(() => {
        remove.run(key);
      }),
    close: () => {
      transactions.close();
      database.close();
    },
  };
}
