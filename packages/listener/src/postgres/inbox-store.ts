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
  CREATE INDEX IF NOT EXISTS %I_waiting ON %T (order_key, position) WHERE state = 'waiting';
  -- Two processes that do not see each other's transaction yet cannot both take a message of one order key.
  CREATE UNIQUE INDEX IF NOT EXISTS %I_active ON %T (order_key) WHERE state = 'active';
  CREATE INDEX IF NOT EXISTS %I_done ON %T (state, at) WHERE state IN ('handled', 'dead');
`;

const inMs = (parameter: string) => `now() + ${parameter} * interval '1 millisecond'`;
const columns =
  "position, key, order_key, body, state, attempts, error, extract(epoch FROM received_at) * 1000 AS received_ms";

/** A message to add. */
interface Addition extends NewMessage {
  repeatWindowMs: number;
  leaseMs: number | null;
}

type AddResult = Awaited<ReturnType<InboxStore["add"]>>;

const uniqueViolation = "23505";

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
  const additions = createBatch(addAll, { maxItems, maxRunning: 2 });
  const settlements = createBatch(settleAll, { maxItems, maxRunning: 1 });
  let lastOrderKey = "";

  return {
    add: (message, { repeatWindowMs, leaseMs = null }) =>
      additions.add({ ...message, repeatWindowMs, leaseMs }),
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

  async function addAll(items: Addition[]): Promise<AddResult[]> {
    const added = await insert(items);
    const rest = items.filter(({ key }) => !added.has(key)).map((item) => ({ ...item, leaseMs: null }));
    if (rest.length > 0) {
      await forgetKeys(rest);
      // Those whose order key another process has just taken are waiting.
      for (const [key, result] of await insert(rest)) added.set(key, result);
    }
    return items.map(({ key }) => {
      const result = added.get(key) ?? "known";
      // The first of several items with one key was added.
      added.delete(key);
      return result;
    });
  }

  /** Forgets keys that are older than the window of their repeats. */
  async function forgetKeys(items: Addition[]): Promise<void> {
    const text = `UPDATE %T AS message SET key = NULL
      FROM unnest($1::text[], $2::int[]) AS repeat (key, window_ms)
      WHERE message.key = repeat.key AND received_at <= ${inMs("-window_ms")}`;
    const values = [items.map(({ key }) => key), items.map(({ repeatWindowMs }) => repeatWindowMs)];
    await table.query("forget", text, values);
  }

  /**
   * Inserts messages whose keys are new, and takes those with a lease that are the first of their order key. Inserts nothing
   * when another process is just taking a message of the order key. In one order, so that two processes cannot block each other.
   */
  async function insert(items: Addition[]): Promise<Map<string, AddResult>> {
    const text = `INSERT INTO %T (key, order_key, body, state, attempts, at)
      SELECT key, order_key, body, CASE WHEN is_taken THEN 'active' ELSE 'waiting' END, is_taken::int,
        CASE WHEN is_taken THEN ${inMs("lease_ms")} ELSE now() END
      FROM (
        SELECT *, lease_ms IS NOT NULL
          AND row_number() OVER (PARTITION BY order_key ORDER BY place) = 1
          AND NOT EXISTS (SELECT FROM %T AS other WHERE state = 'active' AND other.order_key = new.order_key)
          AND NOT EXISTS (SELECT FROM %T AS other WHERE state = 'waiting' AND other.order_key = new.order_key) AS is_taken
        FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[]) WITH ORDINALITY
          AS new (key, order_key, body, lease_ms, place)
      ) AS new
      ORDER BY order_key COLLATE "C", place
      ON CONFLICT DO NOTHING
      RETURNING key, position, state, attempts, extract(epoch FROM received_at) * 1000 AS received_ms`;
    const values = [
      items.map(({ key }) => key),
      items.map(({ orderKey }) => orderKey),
      items.map(({ body }) => body),
      items.map(({ leaseMs }) => leaseMs),
    ];
    const { rows } = await table.query("insert", text, values);
    const sent = new Map(items.map((item) => [item.key, item]));
    return new Map(
      rows.map((row) => {
        const key = String(row["key"]);
        const { orderKey = "", body = "" } = sent.get(key) ?? {};
        const isTaken = row["state"] === "active";
        return [
          key,
          isTaken ? { taken: toMessage({ ...row, order_key: orderKey, body, error: null }) } : "added",
        ];
      }),
    );
  }

  /**
   * Takes abandoned messages, and those that wait: goes from one order key to the next in the index and stops at the limit, so that neither
   * the messages behind the first of a key nor the keys behind the limit are read. `FOR UPDATE SKIP LOCKED` looks again at a
   * message that another process has just changed.
   */
  async function takeBehind(orderKey: string, limit: number, leaseMs: number): Promise<StoredMessage[]> {
    const text = `
      WITH RECURSIVE keys (order_key) AS (
        (SELECT order_key FROM %T WHERE state = 'waiting' AND order_key > $1 ORDER BY order_key LIMIT 1)
        UNION ALL
        SELECT (SELECT order_key FROM %T WHERE state = 'waiting' AND order_key > keys.order_key ORDER BY order_key LIMIT 1)
        FROM keys WHERE keys.order_key IS NOT NULL
      ), abandoned AS (
        SELECT position FROM %T WHERE state = 'active' AND at <= now() LIMIT $2 FOR UPDATE SKIP LOCKED
      ), due AS (
        SELECT free.position
        FROM keys
        CROSS JOIN LATERAL (
          SELECT position FROM %T WHERE state = 'waiting' AND order_key = keys.order_key ORDER BY order_key, position LIMIT 1
        ) AS first
        CROSS JOIN LATERAL (
          SELECT position FROM %T
          WHERE position = first.position AND state = 'waiting' AND at <= now()
          FOR UPDATE SKIP LOCKED
        ) AS free
        WHERE NOT EXISTS (SELECT FROM %T WHERE state = 'active' AND order_key = keys.order_key)
        LIMIT $2
      ), chosen AS (
        SELECT position FROM abandoned UNION ALL SELECT position FROM due LIMIT $2
      )
      UPDATE %T AS message SET state = 'active', attempts = attempts + 1, at = ${inMs("$3")}
      FROM chosen WHERE message.position = chosen.position
      RETURNING ${columns.replace("position", "message.position")}`;
    try {
      const { rows } = await table.query("take", text, [orderKey, limit, leaseMs]);
      return rows.map(toMessage).sort((one, other) => (one.orderKey < other.orderKey ? -1 : 1));
    } catch (error) {
      // Another process has just taken a message of the same order key, and the index of active ones has refused this one.
      if ((error as { code?: unknown } | null)?.code === uniqueViolation) return [];
      throw error;
    }
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
