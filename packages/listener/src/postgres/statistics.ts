import type { Table } from "./pool.ts";

/** The rows after which a plan that was made for an empty table is slow. */
const checkedEvery = 1_000;
/** A table of fewer pages was counted when it was empty, or nearly so. */
const minPages = 10;

/** Keeps the numbers by which Postgres makes its plans from being those of an empty table. */
export interface Statistics {
  /** Notes that rows were added. */
  noteAdded(rows: number): void;
}

/**
 * Lets Postgres count a table again that was empty when it did so last. Until then its plans go through the whole table for each
 * message: of 500 that came per second, 50 were handled. Autovacuum would count it as well, up to a minute later.
 */
export function createStatistics(table: Table): Statistics {
  let added = 0;

  return {
    noteAdded: (rows) => {
      added += rows;
      if (added < checkedEvery) return;
      added = 0;
      // If it fails, autovacuum does it.
      renew().catch(() => {});
    },
  };

  async function renew(): Promise<void> {
    const { rows } = await table.query("SELECT relpages FROM pg_class WHERE oid = '%T'::regclass", []);
    // Who does not own the table gets a warning.
    if (Number(rows[0]?.["relpages"]) < minPages) await table.query("ANALYZE (SKIP_LOCKED) %T", []);
  }
}
