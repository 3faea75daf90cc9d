import type { InboxStore, Lease, MessageState, NewMessage, Outcome, StoredMessage } from "../inbox/store.ts";
import { validateObject } from "../validate.ts";
import { createBatch } from "./batch.ts";
import { openTable, type PostgresPool, type Row } from "./pool.ts";

/** Options for `createPostgresInboxStore`. */
export interface PostgresInboxStoreOptions {
  /** A `Pool` of the package `pg`, which stays yours: end it after the inbox has stopped. */
  pool: PostgresPool;
  /** Name of the table, with a schema if it is not the first of the search path. Created when it is missing. @default "thingspace_inbox" */
  table?: string | undefined;
}

const options = { pool: true, table: true } satisfies Record<keyof PostgresInboxStoreOptions, true>;

const pending = "state IN ('waiting', 'active')";

const schema = `
  CREATE TABLE IF NOT EXISTS %T (
    position bigserial PRIMARY KEY,
    key text UNIQUE,
    order_key text COLLATE "C" NOT NULL,
    body text NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    attempts integer NOT NULL DEFAULT 0,
    error text,
    received_at timestamptz NOT NULL DEFAULT now(),
    -- When the lease of an active message ends, when a waiting one is due, or since when another is what it is.
    at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX IF NOT EXISTS %I_pending ON %T (order_key, position) WHERE ${pending};
  CREATE INDEX IF NOT EXISTS %I_active ON %T (order_key) WHERE state = 'active';
  CREATE INDEX IF NOT EXISTS %I_done ON %T (state, at) WHERE state IN ('handled', 'dead');
`;

const inMs = (parameter: string) => `now() + ${parameter} * interval '1 millisecond'`;
const columns =
  "position, key, order_key, body, state, attempts, error, extract(epoch FROM received_at) * 1000 AS received_ms";

/** The messages of one statement; more of them make the sender wait longer than they save. */
const maxItems = 100;

/**
 * Creates an inbox store in a table of Postgres 13 or newer, which several processes can share. Times are those of the database.
 *
 * @throws {OptionError} when an option is missing, unknown or has a wrong value.
 * @example
 * const pool = new pg.Pool({ connectionString });
 * pool.on("error", console.error); // Without it, a lost connection ends the process.
 * const store = createPostgresInboxStore({ pool });
 */
export function createPostgresInboxStore(given: PostgresInboxStoreOptions): InboxStore {
  const { pool, table: name = "thingspace_inbox" } = validateObject(given, "options", Object.keys(options));
  const table = openTable(pool, name, schema);
  const additions = createBatch(addAll, { maxItems });
  const settlements = createBatch(settleAll, { maxItems });
  let lastOrderKey = "";

  return {
    add: (message, { repeatWindowMs }) => additions.add({ ...message, repeatWindowMs }),
    take: async ({ limit, leaseMs }) => {
      const behind = await takeBehind(lastOrderKey, limit, leaseMs);
      // Behind the last key it begins with the first again, so that each gets its turn.
      const taken = behind.length > 0 || lastOrderKey === "" ? behind : await takeBehind("", limit, leaseMs);
      lastOrderKey = taken.length < limit ? "" : (taken.at(-1)?.orderKey ?? "");
      return taken;
    },
    renew: async (leases, { leaseMs }) => {
      // A locked message is being settled: waiting for it would be useless, and could be a deadlock.
      const text = `
        WITH held AS (
          SELECT message.position
          FROM %T AS message
          JOIN unnest($1::bigint[], $2::int[]) AS lease (position, attempts)
          ON message.position = lease.position AND message.attempts = lease.attempts
          WHERE message.state = 'active' FOR UPDATE OF message SKIP LOCKED
        )
        UPDATE %T AS message SET at = ${inMs("$3")} FROM held WHERE message.position = held.position`;
      await table.query("renew", text, [
        leases.map(({ id }) => id),
        leases.map(({ attempts }) => attempts),
        leaseMs,
      ]);
    },
    settle: (lease, outcome) => settlements.add({ ...lease, outcome }),
    list: async ({ state = null, limit, after = "0" }) => {
      const text = `SELECT ${columns} FROM %T WHERE position > $1 AND ($2::text IS NULL OR state = $2) ORDER BY position LIMIT $3`;
      return (await table.query("list", text, [after, state, limit])).rows.map(toMessage);
    },
    count: async () => {
      const counts = { waiting: 0, active: 0, handled: 0, dead: 0 };
      const { rows } = await table.query(
        "count",
        "SELECT state, count(*) AS number FROM %T GROUP BY state",
        [],
      );
      for (const { state, number } of rows) counts[state as MessageState] = Number(number);
      return counts;
    },
    replay: async (ids) => {
      const text = `UPDATE %T SET position = DEFAULT, state = 'waiting', attempts = 0, at = now()
        WHERE position = ANY($1::bigint[]) AND state IN ('handled', 'dead')`;
      return (await table.query("replay", text, [ids])).count;
    },
    purge: async ({ state, olderThanMs }) => {
      const text = `DELETE FROM %T WHERE state = $1 AND at <= ${inMs("-$2::float8")}`;
      return (await table.query("purge", text, [state, olderThanMs])).count;
    },
  };

  async function addAll(items: (NewMessage & { repeatWindowMs: number })[]): Promise<("added" | "known")[]> {
    const added = await insert(items);
    const known = items.filter(({ key }) => !added.has(key));
    if (known.length > 0) {
      const text = `UPDATE %T AS message SET key = NULL
        FROM unnest($1::text[], $2::int[]) AS repeat (key, window_ms)
        WHERE message.key = repeat.key AND received_at <= ${inMs("-window_ms")} RETURNING repeat.key`;
      const values = [known.map(({ key }) => key), known.map(({ repeatWindowMs }) => repeatWindowMs)];
      const { rows } = await table.query("forget", text, values);
      const forgotten = new Set(rows.map(({ key }) => key));
      if (rows.length > 0) {
        for (const key of await insert(known.filter(({ key }) => forgotten.has(key)))) added.add(key);
      }
    }
    // The first of several items with one key was added.
    return items.map(({ key }) => (added.delete(key) ? "added" : "known"));
  }

  /** Inserts messages whose keys are new, and returns these. */
  async function insert(items: NewMessage[]): Promise<Set<string>> {
    const text = `INSERT INTO %T (key, order_key, body)
      SELECT key, order_key, body
      FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS new (key, order_key, body, place) ORDER BY place
      ON CONFLICT (key) DO NOTHING RETURNING key`;
    const values = [
      items.map(({ key }) => key),
      items.map(({ orderKey }) => orderKey),
      items.map(({ body }) => body),
    ];
    const { rows } = await table.query("insert", text, values);
    return new Set(rows.map(({ key }) => String(key)));
  }

  /**
   * Goes from one order key to the next in the index and stops at the limit: neither the messages behind the first of a key nor
   * the keys behind the limit are read. `FOR UPDATE SKIP LOCKED` looks again at a message that another process has just
   * changed. A message whose transaction ended after a later one of its key was taken waits for that one.
   */
  async function takeBehind(orderKey: string, limit: number, leaseMs: number): Promise<StoredMessage[]> {
    const text = `
      WITH RECURSIVE keys (order_key) AS (
        (SELECT order_key FROM %T WHERE ${pending} AND order_key > $1 ORDER BY order_key LIMIT 1)
        UNION ALL
        SELECT (SELECT order_key FROM %T WHERE ${pending} AND order_key > keys.order_key ORDER BY order_key LIMIT 1)
        FROM keys WHERE keys.order_key IS NOT NULL
      ), due AS (
        SELECT free.position
        FROM keys
        CROSS JOIN LATERAL (
          SELECT position FROM %T WHERE ${pending} AND order_key = keys.order_key ORDER BY order_key, position LIMIT 1
        ) AS first
        CROSS JOIN LATERAL (
          SELECT position FROM %T
          WHERE position = first.position AND ${pending} AND at <= now()
          FOR UPDATE SKIP LOCKED
        ) AS free
        WHERE NOT EXISTS (
          SELECT FROM %T WHERE state = 'active' AND order_key = keys.order_key AND at > now()
        )
        LIMIT $2
      )
      UPDATE %T AS message SET state = 'active', attempts = attempts + 1, at = ${inMs("$3")}
      FROM due WHERE message.position = due.position
      RETURNING ${columns.replace("position", "message.position")}`;
    const { rows } = await table.query("take", text, [orderKey, limit, leaseMs]);
    return rows.map(toMessage).sort((one, other) => (one.orderKey < other.orderKey ? -1 : 1));
  }

  async function settleAll(items: (Lease & { outcome: Outcome })[]): Promise<boolean[]> {
    const text = `UPDATE %T AS message
      SET state = settled.state, error = settled.error, at = ${inMs("pause_ms")}
      FROM unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::float8[])
        AS settled (position, attempts, state, error, pause_ms)
      WHERE message.position = settled.position AND message.attempts = settled.attempts AND message.state = 'active'
      RETURNING message.position`;
    const outcomes = items.map(({ outcome }) => outcome);
    const { rows } = await table.query("settle", text, [
      items.map(({ id }) => id),
      items.map(({ attempts }) => attempts),
      outcomes.map(({ state }) => (state === "retry" ? "waiting" : state)),
      outcomes.map((outcome) => (outcome.state === "handled" ? null : outcome.error)),
      outcomes.map((outcome) => (outcome.state === "retry" ? outcome.pauseMs : 0)),
    ]);
    const settled = new Set(rows.map(({ position }) => String(position)));
    return items.map(({ id }) => settled.has(id));
  }
}

function toMessage(row: Row): StoredMessage {
  const { position, key, order_key, body, state, attempts, error, received_ms } = row;
  return {
    id: String(position),
    key: String(key ?? ""),
    orderKey: String(order_key),
    body: String(body),
    state: state as MessageState,
    attempts: Number(attempts),
    ...(error !== null && { error: String(error) }),
    receivedAt: Math.round(Number(received_ms)),
  };
}
