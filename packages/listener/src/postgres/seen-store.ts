import type { ClaimResult, SeenStore } from "../seen.ts";
import { createSeenSettings, type SeenStoreAges, seenOptions } from "../seen-ages.ts";
import { validateObject } from "../validate.ts";
import { deleteRows } from "./delete-rows.ts";
import { openTable, type PostgresPool } from "./pool.ts";

/** Options for `createPostgresSeenStore`. */
export interface PostgresSeenStoreOptions extends SeenStoreAges {
  /** A `Pool` of the package `pg`, which stays yours. */
  pool: PostgresPool;
  /** Name of the table, with or without a schema. Created when it is missing. @default "thingspace_seen" */
  table?: string | undefined;
}

const options = { pool: true, table: true, ...seenOptions } satisfies Record<
  keyof PostgresSeenStoreOptions,
  true
>;

const schema = `
  CREATE TABLE IF NOT EXISTS %T (key text PRIMARY KEY, state text NOT NULL, ends_at timestamptz NOT NULL);
  CREATE INDEX IF NOT EXISTS %I_ends_at ON %T (ends_at);
`;

const forgetEveryMs = 60_000;

/**
 * Creates a seen store in a table of Postgres, which several processes can share.
 *
 * @throws {OptionError} when an option is missing, unknown or has a wrong value.
 * @example
 * createCallbackListener({ ..., seen: { store: createPostgresSeenStore({ pool }) } });
 */
export function createPostgresSeenStore(given: PostgresSeenStoreOptions): SeenStore {
  const {
    pool,
    table: name = "thingspace_seen",
    ...ages
  } = validateObject(given, "options", Object.keys(options));
  const { maxAgeMs, claimMs } = createSeenSettings(ages);
  const table = openTable(pool, name, schema);
  let forgottenAt = 0;

  return { claim, commit, release };

  async function claim(key: string): Promise<ClaimResult> {
    forget();
    const insert = `INSERT INTO %T AS seen (key, state, ends_at) VALUES ($1, 'pending', now() + $2 * interval '1 millisecond')
      ON CONFLICT (key) DO UPDATE SET state = excluded.state, ends_at = excluded.ends_at WHERE seen.ends_at <= now()
      RETURNING key`;
    const { rows: claimed } = await table.query(insert, [key, claimMs], "claim");
    if (claimed.length > 0) return "claimed";
    const { rows } = await table.query("SELECT state FROM %T WHERE key = $1", [key]);
    // Nothing is left if it was released just now: then the listener asks again.
    return rows[0]?.["state"] === "handled" ? "handled" : "pending";
  }

  async function commit(key: string): Promise<void> {
    const text = `INSERT INTO %T (key, state, ends_at) VALUES ($1, 'handled', now() + $2 * interval '1 millisecond')
      ON CONFLICT (key) DO UPDATE SET state = excluded.state, ends_at = excluded.ends_at`;
    await table.query(text, [key, maxAgeMs], "commit");
  }

  async function release(key: string): Promise<void> {
    await table.query("DELETE FROM %T WHERE key = $1 AND state = 'pending'", [key]);
  }

  /** Forgets what is old. No claim waits for it: after a pause there can be millions. */
  function forget(): void {
    if (Date.now() - forgottenAt < forgetEveryMs) return;
    forgottenAt = Date.now();
    // What fails is done a minute later.
    deleteRows(table, { condition: "ends_at <= now()", order: "ends_at" }, []).catch(() => {});
  }
}
