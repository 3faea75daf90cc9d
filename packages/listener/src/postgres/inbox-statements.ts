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
`;

export const inMs = (parameter: string) => `now() + ${parameter} * interval '1 millisecond'`;
const receivedMs = "extract(epoch FROM received_at) * 1000 AS received_ms";
export const columns = `position, key, order_key, body, state, attempts, error, ${receivedMs}`;

/**
 * Inserts messages whose keys are new, and takes those with a lease that are the first of their order key. Inserts nothing
 * when another process is just taking a message of the order key. In one order, so that two processes cannot block each other.
 * No two of the keys are the same. The limits make Postgres look into the indexes: it would read all waiting messages once the plan was made for few of them.
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
      SELECT position FROM %T WHERE state = 'active' AND order_key = new.order_key LIMIT 1
    ) AS active ON lease_ms IS NOT NULL
    LEFT JOIN LATERAL (
      SELECT position FROM %T WHERE state = 'waiting' AND order_key = new.order_key ORDER BY order_key, position LIMIT 1
    ) AS waiting ON lease_ms IS NOT NULL
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
 * uses that one when it believes that few wait, and would otherwise go through the whole of it for each message.
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
    CROSS JOIN LATERAL (
      SELECT position FROM %T WHERE state = 'waiting' AND order_key = keys.order_key ORDER BY order_key, position LIMIT 1
    ) AS first
    CROSS JOIN LATERAL (
      SELECT position FROM %T
      WHERE order_key = keys.order_key AND position = first.position AND state = 'waiting' AND at <= now()
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
