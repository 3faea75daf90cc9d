import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

const connections = 10;

export function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: connections });
  pool.on("error", () => {});
  return pool;
}

/** Returns the path of a SQLite file in a folder that is gone when this process ends. */
export function createDatabaseFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "thingspace-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "bench.sqlite");
}
