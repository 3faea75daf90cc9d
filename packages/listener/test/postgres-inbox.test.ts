import { startPostgres, type TestPostgres } from "@thingspace-callbacks/test-support/postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPostgresInboxStore, type PostgresPool } from "../src/postgres.ts";
import { createTableName } from "./stores.ts";

let postgres: TestPostgres;
let pool: pg.Pool;
beforeAll(async () => {
  postgres = await startPostgres();
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
  const isSearch = ({ name = "" }: { name?: string }) => name.endsWith("forget");
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
  let stored = 0;
  const addSome = async (count: number, leaseMs?: number) => {
    const messages = Array.from({ length: count }, () => {
      stored += 1;
      return { key: `key ${stored}`, orderKey: `order ${stored}`, body: "{}" };
    });
    await Promise.all(messages.map((message) => store.add(message, { ...options, leaseMs })));
  };
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
  for (let round = 0; round < 10; round += 1) await addSome(10, options.leaseMs);
  await addSome(5_000);
  const before = await countRead();
  await addSome(100, options.leaseMs);
  expect((await countRead()) - before).toBeLessThan(1_000);
});

test("to take messages, Postgres does not read those that wait behind them, whatever it believes about their number", async () => {
  const table = createTableName();
  const store = createPostgresInboxStore({ pool, table });
  let stored = 0;
  const addSome = async (count: number) => {
    const messages = Array.from({ length: count }, () => {
      stored += 1;
      return { key: `key ${stored}`, orderKey: `order ${String(stored).padStart(100, "0")}`, body: "{}" };
    });
    await Promise.all(messages.map((message) => store.add(message, { ...options, leaseMs: undefined })));
  };
  /** Pages of the table and its indexes that were read. */
  const countRead = async () => {
    await pool.query("SELECT pg_stat_force_next_flush()");
    const { rows } = await pool.query(
      `SELECT heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit AS read
       FROM pg_statio_user_tables WHERE relname = $1`,
      [table],
    );
    return Number(rows[0]?.read);
  };
  const takeSome = () => store.take({ limit: 50, leaseMs: options.leaseMs });
  await addSome(3_000);
  for (let taken = await takeSome(); taken.length > 0; taken = await takeSome()) {
    await Promise.all(taken.map((message) => store.settle(message, { state: "handled" })));
  }
  // As it does by itself every minute, here in a quiet one: the plans that are made next are for none that wait.
  await pool.query(`VACUUM ANALYZE ${table}`);
  await addSome(5_000);
  const before = await countRead();
  expect(await takeSome()).toHaveLength(50);
  expect((await countRead()) - before).toBeLessThan(2_500);
});
