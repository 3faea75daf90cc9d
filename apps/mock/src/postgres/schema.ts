import type { Client } from "pg";
import { StoreError } from "../state/store-error.ts";

/** First half of the keys of our advisory locks: "TSCB". */
const lockSpace = 0x5453_4342;

/** The advisory locks: one for changes of the tables, one that the active instance holds as long as it is. */
export const locks = { tables: [lockSpace, 1], active: [lockSpace, 2] };

/** A step from one version of the tables to the next. */
export interface Migration {
  sql: string;
  /** The version of `state/schema.ts` whose rows the table `rows` has after the step. */
  rowVersion: number;
}

/**
 * Every migration, the oldest first; the number of them is the version of the tables. `rows` has a row for each row of
 * each space's tables, and of its parts beside them: its content is JSON as text, because `jsonb` refuses characters that a message may have.
 */
export const migrations: Migration[] = [
  {
    rowVersion: 4,
    sql: `
      CREATE TABLE thingspace_mock.rows (space text NOT NULL, table_name text NOT NULL, row_id bigint NOT NULL,
        content text NOT NULL, PRIMARY KEY (space, table_name, row_id));
      CREATE TABLE thingspace_mock.active (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), url text);
    `,
  },
];

/**
 * Makes the tables where there are none, and refuses those of a newer mock. Any number of instances may do it at once.
 *
 * @param isActive an instance that stands by must not change the tables while an older one is active
 * @throws {StoreError} when a newer mock has changed the tables
 */
export async function prepareTables(client: Client, { isActive }: { isActive: boolean }): Promise<void> {
  await client.query("BEGIN");
  await client.query("SELECT pg_advisory_xact_lock($1, $2)", locks.tables);
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS thingspace_mock;
    CREATE TABLE IF NOT EXISTS thingspace_mock.version (version int NOT NULL);
  `);
  const { rows } = await client.query("SELECT version FROM thingspace_mock.version");
  const version = Number(rows[0]?.version ?? 0);
  if (version > migrations.length) {
    throw new StoreError(
      `The store was changed by a newer version of this mock (its tables have version ${version}, this mock knows ${migrations.length}). Start that version or a newer one.`,
    );
  }
  if (version < migrations.length && (isActive || version === 0)) {
    for (const { sql } of migrations.slice(version)) await client.query(sql);
    await client.query("DELETE FROM thingspace_mock.version");
    await client.query("INSERT INTO thingspace_mock.version VALUES ($1)", [migrations.length]);
  }
  await client.query("COMMIT");
}
