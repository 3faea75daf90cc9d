import type { Database } from "./database.ts";

/** The messages that one transaction deletes: some milliseconds. */
export const purgedAtOnce = 1_000;

/** SQLite uses an index of some rows only for a condition that has these words, too. */
const isDone = "state IN ('handled', 'dead')";

/** Creates the table of the inbox and its indexes. */
export const schema = `
  CREATE TABLE IF NOT EXISTS inbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT UNIQUE,
    order_key TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    received_at INTEGER NOT NULL,
    -- When the lease of an active message ends, when a waiting one is due, or since when another is what it is.
    at INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS inbox_waiting ON inbox (order_key, position) WHERE state = 'waiting';
  CREATE INDEX IF NOT EXISTS inbox_active ON inbox (order_key, at) WHERE state = 'active';
  CREATE INDEX IF NOT EXISTS inbox_done ON inbox (state, at) WHERE ${isDone};
  -- Of the few dead ones among many that were handled.
  CREATE INDEX IF NOT EXISTS inbox_dead ON inbox (position) WHERE state = 'dead';
`;

/** Prepares the statements of the inbox, whose table must exist. */
export function prepareStatements(database: Database) {
  const prepare = (sql: string) => database.prepare(sql);

  const insert = prepare(
    "INSERT INTO inbox (key, order_key, body, state, attempts, received_at, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const forgetKey = prepare("UPDATE inbox SET key = NULL WHERE key = ? AND received_at <= ?");
  const findPending = prepare(`
    SELECT 1 FROM inbox WHERE state = 'active' AND order_key = ?1
    UNION ALL SELECT 1 FROM inbox WHERE state = 'waiting' AND order_key = ?1 LIMIT 1`);
  const findWaiting = prepare("SELECT 1 FROM inbox WHERE state = 'waiting' LIMIT 1");
  // Goes from one order key to the next in the index and stops at the limit: neither the messages behind the first of a key
  // nor the keys behind the limit are read.
  const listDue = prepare(`
    WITH RECURSIVE keys (order_key) AS (
      SELECT min(order_key) FROM inbox WHERE state = 'waiting' AND order_key > ?
      UNION ALL
      SELECT (SELECT min(order_key) FROM inbox WHERE state = 'waiting' AND order_key > keys.order_key)
      FROM keys WHERE keys.order_key IS NOT NULL
    )
    SELECT first.* FROM keys CROSS JOIN inbox AS first
    ON first.position = (SELECT min(position) FROM inbox WHERE state = 'waiting' AND order_key = keys.order_key)
    WHERE first.at <= ? AND NOT EXISTS (SELECT 1 FROM inbox WHERE state = 'active' AND order_key = keys.order_key)
    LIMIT ?`);
  const listAbandoned = prepare("SELECT * FROM inbox WHERE state = 'active' AND at <= ? LIMIT ?");
  const setActive = prepare(
    "UPDATE inbox SET state = 'active', attempts = attempts + 1, at = ? WHERE position = ?",
  );
  const prolong = prepare("UPDATE inbox SET at = ? WHERE position = ? AND attempts = ? AND state = 'active'");
  const settleOne = prepare(
    "UPDATE inbox SET state = ?, error = ?, at = ?, attempts = attempts - ? WHERE position = ? AND attempts = ? AND state = 'active'",
  );
  const listSome = (index: string, condition: string) =>
    prepare(`SELECT * FROM inbox ${index} WHERE position > ? AND ${condition} ORDER BY position LIMIT ?`);
  const lists = {
    all: listSome("NOT INDEXED", "true"),
    // Most messages are handled: to go through all of them is quicker than to sort those.
    handled: listSome("NOT INDEXED", "state = 'handled'"),
    waiting: listSome("INDEXED BY inbox_waiting", "state = 'waiting'"),
    active: listSome("INDEXED BY inbox_active", "state = 'active'"),
    dead: listSome("INDEXED BY inbox_dead", "state = 'dead'"),
  };
  const countAll = prepare(`
    SELECT state, count(*) AS number FROM inbox WHERE ${isDone} GROUP BY state
    UNION ALL SELECT 'waiting', count(*) FROM inbox WHERE state = 'waiting'
    UNION ALL SELECT 'active', count(*) FROM inbox WHERE state = 'active'`);
  const replayOne = prepare(`
    UPDATE inbox SET position = (SELECT seq + 1 FROM sqlite_sequence WHERE name = 'inbox'), state = 'waiting', attempts = 0, at = ?
    WHERE position = ? AND state IN ('handled', 'dead')`);
  const raiseSequence = prepare(
    "UPDATE sqlite_sequence SET seq = max(seq, (SELECT max(position) FROM inbox)) WHERE name = 'inbox'",
  );
  const deleteOld = (state: string) =>
    prepare(`
      DELETE FROM inbox WHERE position IN
        (SELECT position FROM inbox WHERE ${isDone} AND state = '${state}' AND at <= ? LIMIT ${purgedAtOnce})`);
  const deletes = { handled: deleteOld("handled"), dead: deleteOld("dead") };

  return {
    insert,
    forgetKey,
    findPending,
    findWaiting,
    listDue,
    listAbandoned,
    setActive,
    prolong,
    settleOne,
    lists,
    countAll,
    replayOne,
    raiseSequence,
    deletes,
  };
}
