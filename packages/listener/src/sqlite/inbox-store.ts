import { stateAfter } from "../inbox/state-after.ts";
import type { InboxStore, MessageState, NewMessage, StoredMessage } from "../inbox/store.ts";
import { createInvalid, validateObject } from "../validate.ts";
import { type Durability, openDatabase, type SqlValue } from "./database.ts";
import { createTransactions } from "./transactions.ts";

/** Options for `createSqliteInboxStore`. */
export interface SqliteInboxStoreOptions {
  /** Path of the database file, which is created when it is missing; SQLite keeps two more files beside it. */
  file: string;
  /**
   * `full`: a message is on the disk before it is acknowledged. `process`: it survives the end of the process, but not a power failure.
   * @default "full"
   */
  durability?: Durability | undefined;
}

/** An inbox store in a SQLite file. */
export interface SqliteInboxStore extends InboxStore {
  /** Closes the file. Stop the inbox and the server before. */
  close(): void;
}

const options = { file: true, durability: true } satisfies Record<keyof SqliteInboxStoreOptions, true>;

/** The messages that one transaction deletes: some milliseconds. */
const purgedAtOnce = 1_000;

/** SQLite uses an index of some rows only for a condition that has these words, too. */
const isDone = "state IN ('handled', 'dead')";

const schema = `
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

/**
 * Creates an inbox store in a SQLite file, over node:sqlite.
 *
 * @throws {OptionError} when an option is missing, unknown or has a wrong value.
 * @throws {Error} when the runtime has no node:sqlite, or the file cannot be opened.
 * @example
 * const store = createSqliteInboxStore({ file: "inbox.sqlite" });
 */
export function createSqliteInboxStore(given: SqliteInboxStoreOptions): SqliteInboxStore {
  const { file, durability = "full" } = validateObject(given, "options", Object.keys(options));
  if (typeof file !== "string" || file === "") throw createInvalid("file", "a path");
  if (durability !== "full" && durability !== "process") throw createInvalid("durability", "full or process");
  const database = openDatabase(file);
  database.exec(schema);
  const transactions = createTransactions(database, durability);
  let lastOrderKey = "";
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

  const store: InboxStore = {
    add: (message, options) => transactions.run(() => add(message, options)),
    take: ({ limit, leaseMs }) =>
      transactions.runRepeatable(() => {
        const now = Date.now();
        const rows = listAbandoned.all(now, limit);
        // A recursive query costs more than to ask whether there is a reason for it.
        if (findWaiting.all().length > 0) rows.push(...listDueInTurn(now, limit - rows.length));
        lastOrderKey = rows.length < limit ? "" : String(rows.at(-1)?.["order_key"] ?? "");
        return rows.map((row) => activate(row, now + leaseMs));
      }),
    renew: (leases, { leaseMs }) =>
      transactions.runRepeatable(() => {
        for (const { id, attempts } of leases) prolong.run(Date.now() + leaseMs, id, attempts);
      }),
    settle: ({ id, attempts }, outcome) =>
      transactions.runRepeatable(() => {
        const error = outcome.state === "handled" ? null : outcome.error;
        const at = Date.now() + (outcome.state === "retry" ? outcome.pauseMs : 0);
        const uncounted = outcome.state === "released" ? 1 : 0;
        return settleOne.run(stateAfter(outcome), error, at, uncounted, id, attempts).changes === 1;
      }),
    list: ({ state = "all" as const, limit, after = "0" }) =>
      transactions.run(() => lists[state].all(after, limit).map(toMessage)),
    count: () =>
      transactions.run(() => {
        const counts = { waiting: 0, active: 0, handled: 0, dead: 0 };
        for (const { state, number } of countAll.all()) counts[state as MessageState] = Number(number);
        return counts;
      }),
    replay: (ids) =>
      transactions.run(() => {
        let replayed = 0;
        for (const id of ids) {
          if (replayOne.run(Date.now(), id).changes === 0) continue;
          raiseSequence.run();
          replayed += 1;
        }
        return replayed;
      }),
    purge: async ({ state, olderThanMs }) => {
      const until = Date.now() - olderThanMs;
      let purged = 0;
      for (;;) {
        // Requests are served between two transactions.
        const { changes } = await transactions.run(() => deletes[state].run(until));
        purged += Number(changes);
        if (Number(changes) < purgedAtOnce) return purged;
      }
    },
  };

  return {
    ...store,
    close: () => {
      transactions.close();
      database.close();
    },
  };

  /** Begins behind the last key, and from there with the first again, so that each gets its turn. */
  function listDueInTurn(now: number, limit: number): Record<string, SqlValue>[] {
    const behind = listDue.all(lastOrderKey, now, limit);
    return behind.length > 0 || lastOrderKey === "" ? behind : listDue.all("", now, limit);
  }

  function activate(row: Record<string, SqlValue>, leaseEndsAt: number): StoredMessage {
    const message = toMessage(row);
    setActive.run(leaseEndsAt, message.id);
    return { ...message, state: "active", attempts: message.attempts + 1 };
  }

  function add(
    message: NewMessage,
    { repeatWindowMs, leaseMs }: Parameters<InboxStore["add"]>[1],
  ): Awaited<ReturnType<InboxStore["add"]>> {
    const { key, orderKey, body } = message;
    const now = Date.now();
    const isTaken = leaseMs !== undefined && findPending.all(orderKey).length === 0;
    const [state, attempts, at] = isTaken
      ? (["active", 1, now + leaseMs] as const)
      : (["waiting", 0, now] as const);
    const tryInsert = () => insert.run(key, orderKey, body, state, attempts, now, at);
    let inserted = tryInsert();
    if (inserted.changes === 0) {
      const isForgotten = forgetKey.run(key, now - repeatWindowMs).changes === 1;
      if (!isForgotten) return "known";
      inserted = tryInsert();
    }
    if (!isTaken) return "added";
    return { taken: { ...message, id: String(inserted.lastInsertRowid), state, attempts, receivedAt: now } };
  }
}

function toMessage(row: Record<string, SqlValue>): StoredMessage {
  const { position, key, order_key, body, state, attempts, error, received_at } = row;
  return {
    id: String(position),
    key: String(key ?? ""),
    orderKey: String(order_key),
    body: String(body),
    state: state as MessageState,
    attempts: Number(attempts),
    ...(error !== null && { error: String(error) }),
    receivedAt: Number(received_at),
  };
}
