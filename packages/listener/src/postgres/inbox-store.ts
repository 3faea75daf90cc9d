import { stateAfter } from "../inbox/state-after.ts";
import type { InboxStore, Lease, MessageState, NewMessage, Outcome, StoredMessage } from "../inbox/store.ts";
import { validateObject } from "../validate.ts";
import { createBatch } from "./batch.ts";
import { deleteRows } from "./delete-rows.ts";
import {
  countText,
  forgetText,
  insertText,
  listTexts,
  oldMessages,
  renewText,
  replayText,
  schema,
  settleText,
  takeText,
} from "./inbox-statements.ts";
import { openTable, type PostgresPool, type Row } from "./pool.ts";
import { createStatistics } from "./statistics.ts";

/** Options for `createPostgresInboxStore`. */
export interface PostgresInboxStoreOptions {
  /** A `Pool` of the package `pg`, which stays yours: end it after the inbox has stopped. */
  pool: PostgresPool;
  /**
   * Name of the table, with a schema if it is not the first of the search path; at most 50 characters. Created when it is missing.
   * @default "thingspace_inbox"
   */
  table?: string | undefined;
}

const options = { pool: true, table: true } satisfies Record<keyof PostgresInboxStoreOptions, true>;

/** A message to add. */
interface Addition extends NewMessage {
  repeatWindowMs: number;
  leaseMs: number | null;
}

type AddResult = Awaited<ReturnType<InboxStore["add"]>>;

const uniqueViolation = "23505";
/** After so many of them in a row, messages wait for the next search. */
const maxCollisions = 5;

/** The messages of one statement; more of them make the sender wait longer than they save. */
const maxItems = 100;

/**
 * Creates an inbox store in a table of Postgres 13 or newer, which several processes can share. Times are those of the database.
 *
 * @throws {OptionError} when an option is missing, unknown or has a wrong value.
 * @example
 * const pool = new pg.Pool({ connectionString, query_timeout: 10_000, connectionTimeoutMillis: 10_000 });
 * pool.on("error", console.error); // Without it, a lost connection ends the process.
 * const store = createPostgresInboxStore({ pool });
 */
export function createPostgresInboxStore(given: PostgresInboxStoreOptions): InboxStore {
  const { pool, table: name = "thingspace_inbox" } = validateObject(given, "options", Object.keys(options));
  const table = openTable(pool, name, schema);
  const statistics = createStatistics(table);
  const additions = createBatch(addAll, maxItems);
  const settlements = createBatch(settleAll, maxItems);
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
      await table.query(renewText, [JSON.stringify(leases), leaseMs], "renew");
    },
    settle: (lease, outcome) => settlements.add({ ...lease, outcome }),
    list: async ({ state = "all" as const, limit, after = "0" }) =>
      (await table.query(listTexts[state], [after, limit])).rows.map(toMessage),
    count: async () => {
      const counts = { waiting: 0, active: 0, handled: 0, dead: 0 };
      const { rows } = await table.query(countText, []);
      for (const { state, number } of rows) counts[state as MessageState] = Number(number);
      return counts;
    },
    replay: async (ids) => (await table.query(replayText, [ids])).count,
    purge: ({ state, olderThanMs }) => deleteRows(table, oldMessages[state], [olderThanMs]),
  };

  async function addAll(items: Addition[]): Promise<(AddResult | Error)[]> {
    const added = await insert(items);
    const rest = items.filter(({ key }) => !added.has(key));
    // What has been stored and taken is handed over, whatever becomes of the rest.
    const failure = rest.length > 0 ? await addRest(rest, added).catch(toError) : undefined;
    return items.map(({ key }) => {
      const result = added.get(key);
      // Of several items with one key, the first was added.
      added.delete(key);
      return result ?? failure ?? "known";
    });
  }

  /** Stores what is no repeat after all: its key is old enough to be forgotten, or another process has just taken its order key. */
  async function addRest(items: Addition[], added: Map<string, AddResult>): Promise<undefined> {
    await forgetKeys(items);
    const waiting = items.map((item) => ({ ...item, leaseMs: null }));
    for (const [key, result] of await insert(waiting)) added.set(key, result);
  }

  /** Forgets keys that are older than the window of their repeats. */
  async function forgetKeys(items: Addition[]): Promise<void> {
    const repeats = items.map(({ key, repeatWindowMs }) => ({ key, repeatWindowMs }));
    await table.query(forgetText, [JSON.stringify(repeats)]);
  }

  /** Inserts messages whose keys are new, and returns what became of them by key. Of several with one key, the first counts. */
  async function insert(items: Addition[]): Promise<Map<string, AddResult>> {
    const byKey = new Map<string, Addition>();
    for (const item of items) if (!byKey.has(item.key)) byKey.set(item.key, item);
    const { rows } = await table.query(insertText, [JSON.stringify([...byKey.values()])], "insert");
    statistics.noteAdded(rows.length);
    const results = rows.map((row): [string, AddResult] => {
      const key = String(row["key"]);
      if (row["state"] !== "active") return [key, "added"];
      // The database does not send back what it was sent.
      const { orderKey = "", body = "" } = byKey.get(key) ?? {};
      return [key, { taken: toMessage({ ...row, order_key: orderKey, body, error: null }) }];
    });
    return new Map(results);
  }

  async function takeBehind(orderKey: string, limit: number, leaseMs: number): Promise<StoredMessage[]> {
    for (let collisions = 0; collisions < maxCollisions; collisions += 1) {
      try {
        const { rows } = await table.query(takeText, [orderKey, limit, leaseMs], "take");
        return rows.map(toMessage).sort((one, other) => (one.orderKey < other.orderKey ? -1 : 1));
      } catch (error) {
        // Another process has just taken a message of the same order key, and the index of active ones has refused this one.
        if ((error as { code?: unknown } | null)?.code !== uniqueViolation) throw error;
      }
    }
    return [];
  }

  async function settleAll(items: (Lease & { outcome: Outcome })[]): Promise<boolean[]> {
    const settled = items.map(({ id, attempts, outcome }) => ({
      id,
      attempts,
      state: stateAfter(outcome),
      error: outcome.state === "handled" ? null : outcome.error,
      pauseMs: outcome.state === "retry" ? outcome.pauseMs : 0,
      uncounted: outcome.state === "released" ? 1 : 0,
    }));
    const { rows } = await table.query(settleText, [JSON.stringify(settled)], "settle");
    const held = new Set(rows.map(({ position }) => String(position)));
    return items.map(({ id }) => held.has(id));
  }
}

const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

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
