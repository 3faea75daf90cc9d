import type { MessageState } from "../inbox/store.ts";

// The table of the inbox in Postgres, and the statements on it. `%T` stands for its name, `%I` for the start of the names of its indexes.
// Several items are one parameter of JSON: Postgres guesses the same number of rows for each text, and so keeps the plan of a prepared
// statement. For arrays it looks at their length, and plans again each time, which takes longer than the statement.

export const schema = `
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
  -- Of the few dead ones among many that were handled.
  CREATE INDEX IF NOT EXISTS %I_dead ON %T (position) WHERE state = 'dead';
`;

const inMs = (parameter: string) => `now() + ${parameter} * interval '1 millisecond'`;
const receivedMs = "extract(epoch FROM received_at) * 1000 AS received_ms";
const columns = `position, key, order_key, body, state, attempts, error, ${receivedMs}`;

/**
 * Inserts messages whose keys are new, and takes those with a lease that are the first of their order key. Inserts nothing
 * when another process is just taking a message of the order key. In one order, so that two processes cannot block each other.
 * No two of the keys are the same. The limits make Postgres look into the indexes: it would read all waiting messages once the plan was made for few of them.
 * They look at nothing for a message without a lease.
 */
export const insertText = `INSERT INTO %T (key, order_key, body, state, attempts, at)
  SELECT key, order_key, body, CASE WHEN is_taken THEN 'active' ELSE 'waiting' END, is_taken::int,
    CASE WHEN is_taken THEN ${inMs("lease_ms")} ELSE now() END
  FROM (
    SELECT new.*, lease_ms IS NOT NULL AND active.position IS NULL AND waiting.position IS NULL
      AND row_number() OVER (PARTITION BY new.order_key ORDER BY place) = 1 AS is_taken
    FROM ROWS FROM (json_to_recordset($1) AS (key text, "orderKey" text, body text, "leaseMs" float8)) WITH ORDINALITY
      AS new (key, order_key, body, lease_ms, place)
    LEFT JOIN LATERAL (
      SELECT position FROM %T WHERE lease_ms IS NOT NULL AND state = 'active' AND order_key = new.order_key LIMIT 1
    ) AS active ON true
    LEFT JOIN LATERAL (
      SELECT position FROM %T
      WHERE lease_ms IS NOT NULL AND state = 'waiting' AND order_key = new.order_key ORDER BY order_key, position LIMIT 1
    ) AS waiting ON true
  ) AS new
  ORDER BY order_key COLLATE "C", place
  ON CONFLICT DO NOTHING
  RETURNING position, key, state, attempts, ${receivedMs}`;

/** Forgets keys that are older than the window of their repeats. */
export const forgetText = `UPDATE %T AS message SET key = NULL
  FROM json_to_recordset($1) AS repeat (key text, "repeatWindowMs" float8)
  WHERE message.key = repeat.key AND received_at <= ${inMs('-"repeatWindowMs"')}`;

/**
 * Takes abandoned messages, and those that wait: goes from one order key to the next in the index and stops at the limit, so that neither
 * the messages behind the first of a key nor the keys behind the limit are read. `FOR UPDATE SKIP LOCKED` looks again at a
 * message that another process has just changed; with its order key, so that the index of waiting messages leads to it, too: Postgres
 * uses that one when it believes that few wait, and would otherwise go through the whole of it for each message. The limit of the
 * search for an active message keeps it from joining all keys with all active messages at once.
 */
export const takeText = `
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
    LEFT JOIN LATERAL (SELECT position FROM %T WHERE state = 'active' AND order_key = keys.order_key LIMIT 1) AS active ON true
    CROSS JOIN LATERAL (
      SELECT position FROM %T WHERE state = 'waiting' AND order_key = keys.order_key ORDER BY order_key, position LIMIT 1
    ) AS first
    CROSS JOIN LATERAL (
      SELECT position FROM %T
      WHERE order_key = keys.order_key AND position = first.position AND state = 'waiting' AND at <= now()
      FOR UPDATE SKIP LOCKED
    ) AS free
    WHERE active.position IS NULL
    LIMIT $2
  ), chosen AS (
    SELECT position FROM abandoned UNION ALL SELECT position FROM due LIMIT $2
  )
  UPDATE %T AS message SET state = 'active', attempts = attempts + 1, at = ${inMs("$3")}
  FROM chosen WHERE message.position = chosen.position
  RETURNING ${columns.replace("position", "message.position")}`;

/** A locked message is being settled: waiting for it would be useless, and could be a deadlock. */
export const renewText = `
  WITH held AS (
    SELECT message.position
    FROM %T AS message
    JOIN json_to_recordset($1) AS lease (id bigint, attempts int)
    ON message.position = lease.id AND message.attempts = lease.attempts
    WHERE message.state = 'active' FOR UPDATE OF message SKIP LOCKED
  )
  UPDATE %T AS message SET at = ${inMs("$2")} FROM held WHERE message.position = held.position`;

export const settleText = `UPDATE %T AS message
  SET state = settled.state, error = settled.error, at = ${inMs('"pauseMs"')}, attempts = message.attempts - uncounted
  FROM json_to_recordset($1)
    AS settled (id bigint, attempts int, state text, error text, "pauseMs" float8, uncounted int)
  WHERE message.position = settled.id AND message.attempts = settled.attempts AND message.state = 'active'
  RETURNING message.position`;

const listSome = (condition: string) =>
  `SELECT ${columns} FROM %T WHERE position > $1 AND ${condition} ORDER BY position LIMIT $2`;

/**
 * Finds the positions in the index of the state. The sum keeps Postgres from going through all messages in their order: those
 * that wait are behind all that were handled.
 */
const listFromIndex = (state: string) => `
  WITH found AS MATERIALIZED (
    SELECT position FROM %T WHERE state = '${state}' AND position > $1 ORDER BY position + 0 LIMIT $2
  )
  SELECT ${columns} FROM found JOIN %T USING (position) ORDER BY position`;

export const listTexts: Record<MessageState | "all", string> = {
  all: listSome("true"),
  handled: listSome("state = 'handled'"),
  dead: listSome("state = 'dead'"),
  waiting: listFromIndex("waiting"),
  active: listFromIndex("active"),
};

/** Counts in the indexes, so that no message is read. */
export const countText = `
  SELECT state, count(*) AS number FROM %T WHERE state IN ('handled', 'dead') GROUP BY state
  UNION ALL SELECT 'waiting', count(*) FROM %T WHERE state = 'waiting'
  UNION ALL SELECT 'active', count(*) FROM %T WHERE state = 'active'`;

/** Gives messages new positions in the order of the old ones, and not in the one in which Postgres finds them. */
export const replayText = `UPDATE %T AS message SET position = next_position, state = 'waiting', attempts = 0, at = now()
  FROM (
    SELECT position, nextval(pg_get_serial_sequence('%T', 'position')) AS next_position
    FROM (
      SELECT position FROM %T WHERE position = ANY($1::bigint[]) AND state IN ('handled', 'dead') ORDER BY position FOR UPDATE
    ) AS found
  ) AS replayed
  WHERE message.position = replayed.position`;

const old = (state: string) => ({
  condition: `state = '${state}' AND at <= ${inMs("-$1::float8")}`,
  order: "at",
});
/** The messages that are old enough to be deleted. */
export const oldMessages = { handled: old("handled"), dead: old("dead") };
