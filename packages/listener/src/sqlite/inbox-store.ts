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

const pending = "state IN ('waiting', 'active')";

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
  CREATE INDEX IF NOT EXISTS inbox_pending ON inbox (order_key, position) WHERE ${pending};
  CREATE INDEX IF NOT EXISTS inbox_done ON inbox (state, at) WHERE state IN ('handled', 'dead');
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
  const database = openDatabase(file, durability);
  database.exec(schema);
  const transactions = createTransactions(database);
  let lastOrderKey = "";
  const prepare = (sql: string) => database.prepare(sql);

  const insert = prepare(
    "INSERT INTO inbox (key, order_key, body, state, received_at, at) VALUES (?, ?, ?, 'waiting', ?, ?) ON CONFLICT DO NOTHING",
  );
  const forgetKey = prepare("UPDATE inbox SET key = NULL WHERE key = ? AND received_at <= ?");
  // Goes from one order key to the next in the index and stops at the limit: neither the messages behind the first of a key
  // nor the keys behind the limit are read.
  const listDue = prepare(`
    WITH RECURSIVE keys (order_key) AS (
      SELECT min(order_key) FROM inbox WHERE ${pending} AND order_key > ?
      UNION ALL
      SELECT (SELECT min(order_key) FROM inbox WHERE ${pending} AND order_key > keys.order_key)
      FROM keys WHERE keys.order_key IS NOT NULL
    )
    SELECT first.* FROM keys CROSS JOIN inbox AS first
    ON first.position = (SELECT min(position) FROM inbox WHERE ${pending} AND order_key = keys.order_key)
    WHERE first.at <= ? LIMIT ?`);
  const activate = prepare(
    "UPDATE inbox SET state = 'active', attempts = attempts + 1, at = ? WHERE position = ?",
  );
  const prolong = prepare("UPDATE inbox SET at = ? WHERE position = ? AND attempts = ? AND state = 'active'");
  const settleOne = prepare(
    "UPDATE inbox SET state = ?, error = ?, at = ? WHERE position = ? AND attempts = ? AND state = 'active'",
  );
  const listSome = prepare(
    "SELECT * FROM inbox WHERE position > ? AND (? IS NULL OR state = ?) ORDER BY position LIMIT ?",
  );
  const countAll = prepare("SELECT state, count(*) AS number FROM inbox GROUP BY state");
  const replayOne = prepare(`
    UPDATE inbox SET position = (SELECT seq + 1 FROM sqlite_sequence WHERE name = 'inbox'), state = 'waiting', attempts = 0, at = ?
    WHERE position = ? AND state IN ('handled', 'dead')`);
  const raiseSequence = prepare(
    "UPDATE sqlite_sequence SET seq = max(seq, (SELECT max(position) FROM inbox)) WHERE name = 'inbox'",
  );
  const deleteOld = prepare("DELETE FROM inbox WHERE state = ? AND at <= ?");

  const store: InboxStore = {
    add: (message, { repeatWindowMs }) => transactions.run(() => add(message, repeatWindowMs)),
    take: ({ limit, leaseMs }) =>
      transactions.run(() => {
        const behind = takeBehind(lastOrderKey, limit, leaseMs);
        // Behind the last key it begins with the first again, so that each gets its turn.
        const taken = behind.length > 0 || lastOrderKey === "" ? behind : takeBehind("", limit, leaseMs);
        lastOrderKey = taken.length < limit ? "" : (taken.at(-1)?.orderKey ?? "");
        return taken;
      }),
    renew: (leases, { leaseMs }) =>
      transactions.run(() => {
        for (const { id, attempts } of leases) prolong.run(Date.now() + leaseMs, id, attempts);
      }),
    settle: ({ id, attempts }, outcome) =>
      transactions.run(() => {
        const isRetry = outcome.state === "retry";
        const state = isRetry ? "waiting" : outcome.state;
        const error = outcome.state === "handled" ? null : outcome.error;
        const at = Date.now() + (isRetry ? outcome.pauseMs : 0);
        return settleOne.run(state, error, at, id, attempts).changes === 1;
      }),
    list: ({ state = null, limit, after = "0" }) =>
      transactions.run(() => listSome.all(after, state, state, limit).map(toMessage)),
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
    purge: ({ state, olderThanMs }) =>
      transactions.run(() => Number(deleteOld.run(state, Date.now() - olderThanMs).changes)),
  };

  return {
    ...store,
    close: () => {
      transactions.close();
      database.close();
    },
  };

  function takeBehind(orderKey: string, limit: number, leaseMs: number): StoredMessage[] {
    const now = Date.now();
    return listDue.all(orderKey, now, limit).map((row) => {
      const message = toMessage(row);
      activate.run(now + leaseMs, message.id);
      return { ...message, state: "active", attempts: message.attempts + 1 };
    });
  }

  function add({ key, orderKey, body }: NewMessage, repeatWindowMs: number): "added" | "known" {
    const now = Date.now();
    const tryInsert = () => insert.run(key, orderKey, body, now, now).changes === 1;
    if (tryInsert()) return "added";
    const isForgotten = Number(forgetKey.run(key, now - repeatWindowMs).changes) === 1;
    return isForgotten && tryInsert() ? "added" : "known";
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
