// The table of the inbox in Postgres, and the statements on it. `%T` stands for its name, `%I` for the start of the names of its indexes.

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
export const columns =
  "position, key, order_key, body, state, attempts, error, extract(epoch FROM received_at) * 1000 AS received_ms";

/**
 * Inserts messages whose keys are new, and takes those with a lease that are the first of their order key. Inserts nothing
 * when another process is just taking a message of the order key. In one order, so that two processes cannot block each other.
 */
export const insertText = `INSERT INTO %T (key, order_key, body, state, attempts, at)
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
  RETURNING ${columns}`;

/** Forgets keys that are older than the window of their repeats. */
export const forgetText = `UPDATE %T AS message SET key = NULL
  FROM unnest($1::text[], $2::int[]) AS repeat (key, window_ms)
  WHERE message.key = repeat.key AND received_at <= ${inMs("-window_ms")}`;

/**
 * Takes abandoned messages, and those that wait: goes from one order key to the next in the index and stops at the limit, so that neither
 * the messages behind the first of a key nor the keys behind the limit are read. `FOR UPDATE SKIP LOCKED` looks again at a
 * message that another process has just changed.
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

/** A locked message is being settled: waiting for it would be useless, and could be a deadlock. */
export const renewText = `
  WITH held AS (
    SELECT message.position
    FROM %T AS message
    JOIN unnest($1::bigint[], $2::int[]) AS lease (position, attempts)
    ON message.position = lease.position AND message.attempts = lease.attempts
    WHERE message.state = 'active' FOR UPDATE OF message SKIP LOCKED
  )
  UPDATE %T AS message SET at = ${inMs("$3")} FROM held WHERE message.position = held.position`;

export const settleText = `UPDATE %T AS message
  SET state = settled.state, error = settled.error, at = ${inMs("pause_ms")}
  FROM unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::float8[])
    AS settled (position, attempts, state, error, pause_ms)
  WHERE message.position = settled.position AND message.attempts = settled.attempts AND message.state = 'active'
  RETURNING message.position`;
