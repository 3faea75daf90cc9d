import { startPostgres, type TestPostgres } from "@thingspace-callbacks/test-support/postgres";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InboxStore, MessageState } from "../src/inbox.ts";
import { createPostgresInboxStore, type PostgresPool } from "../src/postgres.ts";
import { createTableName } from "./stores.ts";

let postgres: TestPostgres;
let pool: pg.Pool;
beforeAll(async () => {
  // The tests say when Postgres counts.
  postgres = await startPostgres(["autovacuum=off"]);
  // With one connection, the database's counts are those of all statements before.
  pool = new pg.Pool({ connectionString: postgres.url, max: 1 });
  pool.on("error", () => {});
});
afterAll(async () => {
  await pool?.end();
  await postgres?.close();
});

const options = { repeatWindowMs: 60_000, leaseMs: 60_000 };

test("a message that was stored is handed over when the search for a repeat beside it fails", async () => {
  const isSearch = ({ text }: { text: string }) => text.includes("SET key = NULL");
  const failing: PostgresPool = {
    query: (statement) => {
      if (isSearch(statement)) return Promise.reject(new Error("connection lost"));
      return pool.query(statement);
    },
  };
  const store = createPostgresInboxStore({ pool: failing, table: createTableName() });
  await store.add({ key: "known", orderKey: "one", body: "{}" }, options);
  const results = await Promise.allSettled([
    store.add({ key: "known", orderKey: "one", body: "{}" }, options),
    store.add({ key: "new", orderKey: "two", body: "{}" }, options),
  ]);
  expect(results).toMatchObject([
    { status: "rejected", reason: { message: "connection lost" } },
    { status: "fulfilled", value: { taken: { key: "new" } } },
  ]);
});

test("to store a message, Postgres reads no more rows when many others wait", async () => {
  const table = createTableName();
  const store = createPostgresInboxStore({ pool, table });
  /** Rows that were read in the table or one of its indexes. */
  const countRead = async () => {
    await pool.query("SELECT pg_stat_force_next_flush()");
    const { rows } = await pool.query(
      `SELECT seq_tup_read + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = $1) AS read
       FROM pg_stat_user_tables WHERE relname = $1`,
      [table],
    );
    return Number(rows[0]?.read);
  };
  // Postgres keeps the plan that it makes for a table with few rows.
  for (let round = 0; round < 10; round += 1) await addSome(store, 10, options.leaseMs);
  await addSome(store, 5_000);
  const before = await countRead();
  await addSome(store, 100, options.leaseMs);
  expect((await countRead()) - before).toBeLessThan(1_000);
});

test("to take messages, Postgres does not read those that wait behind them, whatever it believes about their number", async () => {
  const table = createTableName();
  const store = createPostgresInboxStore({ pool, table });
  const takeSome = () => store.take({ limit: 50, leaseMs: options.leaseMs });
  await addSome(store, 3_000);
  for (let taken = await takeSome(); taken.length > 0; taken = await takeSome()) {
    await Promise.all(taken.map((message) => store.settle(message, { state: "handled" })));
  }
  // As it does by itself every minute, here in a quiet one: the plans that are made next are for none that wait.
  await pool.query(`VACUUM ANALYZE ${table}`);
  await addSome(store, 10_000);
  const before = await countPages(table);
  expect(await takeSome()).toHaveLength(50);
  expect((await countPages(table)) - before).toBeLessThan(2_500);
});

describe("on a table that has grown since Postgres made its plans", () => {
  const table = createTableName();
  let store: InboxStore;
  beforeAll(async () => {
    store = createPostgresInboxStore({ pool, table });
    // Postgres keeps the plan of a statement that it has run a few times, even though there are few messages so far.
    for (let round = 0; round < 10; round += 1) {
      const message = { key: `key ${round}`, orderKey: "one", body: "{}" };
      await store.add(message, options);
      await store.add(message, options);
      const taken = await store.take({ limit: 10, leaseMs: options.leaseMs });
      await store.renew(taken, options);
      await Promise.all(taken.map((lease) => store.settle(lease, { state: "handled" })));
    }
    await fill(table, "handled", 20_000);
    await fill(table, "dead", 20);
    await fill(table, "waiting", 3_000);
  });

  test.each([
    {
      name: "find out that a message is a repeat",
      run: () => store.add({ key: "handled 1", orderKey: "one", body: "{}" }, options),
    },
    { name: "take messages", run: () => store.take({ limit: 10, leaseMs: 60_000 }) },
  ])("Postgres reads few pages to $name", async ({ run }) => {
    const before = await countPages(table);
    await run();
    // The table has 1,400 pages.
    expect((await countPages(table)) - before).toBeLessThan(600);
  });
});

test.each([
  { name: "list dead messages", run: (store: InboxStore) => store.list({ state: "dead", limit: 10 }) },
  { name: "list waiting messages", run: (store: InboxStore) => store.list({ state: "waiting", limit: 10 }) },
  {
    name: "purge no dead message",
    run: (store: InboxStore) => store.purge({ state: "dead", olderThanMs: 60_000 }),
  },
])(
  "to $name, Postgres does not read those that were handled, although there were few before",
  async ({ run }) => {
    const table = createTableName();
    const store = createPostgresInboxStore({ pool, table });
    await store.count();
    await fill(table, "handled", 10);
    await pool.query(`VACUUM ANALYZE ${table}`);
    for (let round = 0; round < 10; round += 1) await run(store);
    await fill(table, "handled", 20_000);
    await fill(table, "dead", 20);
    await fill(table, "waiting", 20);
    const before = await countPages(table);
    await run(store);
    // The table has 1,250 pages.
    expect((await countPages(table)) - before).toBeLessThan(600);
  },
);

describe("on a table that Postgres counted when it was empty", () => {
  const table = createTableName();
  let store: InboxStore;
  beforeAll(async () => {
    store = createPostgresInboxStore({ pool, table });
    const handleSome = async () => {
      await addSome(store, 1);
      const taken = await store.take({ limit: 10, leaseMs: options.leaseMs });
      await Promise.all(taken.map((lease) => store.settle(lease, { state: "handled" })));
    };
    for (let round = 0; round < 10; round += 1) await handleSome();
    // All messages are purged at a quiet moment, and Postgres makes the plans again with the first that come.
    await store.purge({ state: "handled", olderThanMs: 0 });
    await pool.query(`VACUUM ANALYZE ${table}`);
    await handleSome();
    await fill(table, "handled", 5_000);
  });

  test("Postgres does not read it to store messages that are not taken at once", async () => {
    const before = await countPages(table);
    await addSome(store, 100);
    expect((await countPages(table)) - before).toBeLessThan(2_000);
  });

  test("Postgres does not read it to store and take messages when a thousand have come", async () => {
    await addSome(store, 1_000);
    const before = await countPages(table);
    await addSome(store, 10, options.leaseMs);
    await store.take({ limit: 10, leaseMs: options.leaseMs });
    expect((await countPages(table)) - before).toBeLessThan(1_000);
  });
});

test("messages that are replayed together keep their order, wherever Postgres keeps them", async () => {
  const table = createTableName();
  const store = createPostgresInboxStore({ pool, table });
  await store.count();
  await fill(table, "dead", 3);
  const dead = await store.list({ state: "dead", limit: 3 });
  // Writes the first again, behind the others.
  await pool.query(
    `UPDATE ${table} SET order_key = 'one'; UPDATE ${table} SET error = 'no' WHERE position = 1`,
  );
  await pool.query(`VACUUM ANALYZE ${table}`);
  expect(await store.replay(dead.map(({ id }) => id))).toBe(3);
  const waiting = await store.list({ state: "waiting", limit: 3 });
  expect(waiting.map(({ key }) => key)).toEqual(dead.map(({ key }) => key));
});

test("many messages are purged by statements that each end soon", async () => {
  const table = createTableName();
  const counts: unknown[] = [];
  const counting: PostgresPool = {
    query: async (statement) => {
      const result = await pool.query(statement);
      if (result.command === "DELETE") counts.push(result.rowCount);
      return result;
    },
  };
  const store = createPostgresInboxStore({ pool: counting, table });
  await store.count();
  await fill(table, "handled", 12_000);
  expect(await store.purge({ state: "handled", olderThanMs: 0 })).toBe(12_000);
  expect(counts).toEqual([5_000, 5_000, 2_000]);
});

let added = 0;

/** Adds new messages, each of an order key of its own. */
async function addSome(store: InboxStore, count: number, leaseMs?: number): Promise<void> {
  const messages = Array.from({ length: count }, () => {
    added += 1;
    return { key: `key ${added}`, orderKey: `order ${added}`, body: "{}" };
  });
  await Promise.all(messages.map((message) => store.add(message, { ...options, leaseMs })));
}

/** Adds messages as if they had come a while ago. */
async function fill(table: string, state: MessageState, count: number): Promise<void> {
  await pool.query(`INSERT INTO ${table} (key, order_key, body, state)
    SELECT '${state} ' || i, '${state} ' || i, repeat('x', 400), '${state}' FROM generate_series(1, ${count}) i
    ON CONFLICT DO NOTHING`);
}

/** Returns the pages of a table and its indexes that were read so far. */
async function countPages(table: string): Promise<number> {
  await pool.query("SELECT pg_stat_force_next_flush()");
  const { rows } = await pool.query(
    `SELECT heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit AS read
     FROM pg_statio_user_tables WHERE relname = $1`,
    [table],
  );
  return Number(rows[0]?.read);
}
