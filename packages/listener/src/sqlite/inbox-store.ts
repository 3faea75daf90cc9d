import { stateAfter } from "../inbox/state-after.ts";
import type { InboxStore, MessageState, NewMessage, StoredMessage } from "../inbox/store.ts";
import { createInvalid, validateObject } from "../validate.ts";
import { type Durability, openDatabase, type SqlValue } from "./database.ts";
import { prepareStatements, purgedAtOnce, schema } from "./inbox-statements.ts";
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
  const statements = prepareStatements(database);

  const store: InboxStore = {
    add: (message, options) => transactions.run(() => add(message, options)),
    take: ({ limit, leaseMs }) =>
      transactions.runRepeatable(() => {
        const now = Date.now();
        const rows = statements.listAbandoned.all(now, limit);
        // A recursive query costs more than to ask whether there is a reason for it.
        if (statements.findWaiting.all().length > 0) rows.push(...listDueInTurn(now, limit - rows.length));
        lastOrderKey = rows.length < limit ? "" : String(rows.at(-1)?.["order_key"] ?? "");
        return rows.map((row) => activate(row, now + leaseMs));
      }),
    renew: (leases, { leaseMs }) =>
      transactions.runRepeatable(() => {
        for (const { id, attempts } of leases) statements.prolong.run(Date.now() + leaseMs, id, attempts);
      }),
    settle: ({ id, attempts }, outcome) =>
      transactions.runRepeatable(() => {
        const error = outcome.state === "handled" ? null : outcome.error;
        const at = Date.now() + (outcome.state === "retry" ? outcome.pauseMs : 0);
        const uncounted = outcome.state === "released" ? 1 : 0;
        return (
          statements.settleOne.run(stateAfter(outcome), error, at, uncounted, id, attempts).changes === 1
        );
      }),
    list: ({ state = "all" as const, limit, after = "0" }) =>
      transactions.run(() => statements.lists[state].all(after, limit).map(toMessage)),
    count: () =>
      transactions.run(() => {
        const counts = { waiting: 0, active: 0, handled: 0, dead: 0 };
        for (const { state, number } of statements.countAll.all())
          counts[state as MessageState] = Number(number);
        return counts;
      }),
    replay: (ids) =>
      transactions.run(() => {
        let replayed = 0;
        for (const id of ids) {
          if (statements.replayOne.run(Date.now(), id).changes === 0) continue;
          statements.raiseSequence.run();
          replayed += 1;
        }
        return replayed;
      }),
    purge: async ({ state, olderThanMs }) => {
      const until = Date.now() - olderThanMs;
      let purged = 0;
      for (;;) {
        // Requests are served between two transactions.
        const { changes } = await transactions.run(() => statements.deletes[state].run(until));
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
    const behind = statements.listDue.all(lastOrderKey, now, limit);
    return behind.length > 0 || lastOrderKey === "" ? behind : statements.listDue.all("", now, limit);
  }

  function activate(row: Record<string, SqlValue>, leaseEndsAt: number): StoredMessage {
    const message = toMessage(row);
    statements.setActive.run(leaseEndsAt, message.id);
    return { ...message, state: "active", attempts: message.attempts + 1 };
  }

  function add(
    message: NewMessage,
    { repeatWindowMs, leaseMs }: Parameters<InboxStore["add"]>[1],
  ): Awaited<ReturnType<InboxStore["add"]>> {
    const { key, orderKey, body } = message;
    const now = Date.now();
    const isTaken = leaseMs !== undefined && statements.findPending.all(orderKey).length === 0;
    const [state, attempts, at] = isTaken
      ? (["active", 1, now + leaseMs] as const)
      : (["waiting", 0, now] as const);
    const tryInsert = () => statements.insert.run(key, orderKey, body, state, attempts, now, at);
    let inserted = tryInsert();
    if (inserted.changes === 0) {
      const isForgotten = statements.forgetKey.run(key, now - repeatWindowMs).changes === 1;
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
