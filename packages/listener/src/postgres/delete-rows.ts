import type { Table } from "./pool.ts";

/** The rows that one statement deletes: it ends before a time limit of the pool or the database. */
const deletedAtOnce = 5_000;

/**
 * Deletes rows, and returns their number. They are deleted by their place on the disk: Postgres would go through the whole table to
 * find so many by their keys. Those that another process is changing or deleting are left out.
 *
 * @param rows their condition, in which `$1` is the first value, and their order by an index.
 */
export async function deleteRows(
  table: Table,
  rows: { condition: string; order: string },
  values: unknown[],
): Promise<number> {
  const text = `DELETE FROM %T WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM %T WHERE ${rows.condition} ORDER BY ${rows.order} LIMIT ${deletedAtOnce} FOR UPDATE SKIP LOCKED
  ))`;
  let deleted = 0;
  for (;;) {
    const { count } = await table.query(text, values);
    deleted += count;
    if (count < deletedAtOnce) return deleted;
  }
}
