/** The parts of `DatabaseSync` of node:sqlite that the stores use. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

export interface Statement {
  run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  all(...values: SqlValue[]): Record<string, SqlValue>[];
}

export type SqlValue = string | number | null;

interface SqliteModule {
  DatabaseSync: new (file: string, options: { timeout: number }) => Database;
}

/** How long a statement waits for another process that is writing, in milliseconds. */
const busyTimeoutMs = 2_000;

/**
 * How safe a stored message is. `full`: on the disk, also when the power fails. `process`: it survives the end of the process, but
 * when the power fails the last ones can be lost; commits are several times faster.
 */
export type Durability = "full" | "process";

/**
 * Opens a database file in WAL mode.
 *
 * @throws {Error} when this runtime has no node:sqlite, or the file cannot be opened.
 */
export function openDatabase(file: string): Database {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => SqliteModule | undefined };
  };
  // An import would also fail where only other entries are used: Node.js 20 has no node:sqlite.
  const sqlite = process?.getBuiltinModule?.("node:sqlite");
  if (!sqlite) throw new Error("The SQLite stores need node:sqlite: Node.js 22.13 or newer, or Deno.");
  const database = new sqlite.DatabaseSync(file, { timeout: busyTimeoutMs });
  // Full until somebody asks for less: the tables are created before. The cache is in KiB when it is negative: the keys, which are
  // hashes, are at random places of their index.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;");
  return database;
}
