import { startPostgres, type TestPostgres } from "@thingspace-callbacks/test-support/postgres";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type CreateFixture, inboxStoreCases } from "../src/conformance.ts";
import { createMemoryInboxStore, type InboxStore } from "../src/inbox.ts";
import { createPostgresInboxStore } from "../src/postgres.ts";
import { createSqliteInboxStore } from "../src/sqlite.ts";
import { createFileFixture, createTableName } from "./stores.ts";

let postgres: TestPostgres;
let pools: pg.Pool[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
  pools = [0, 1].map(() => new pg.Pool({ connectionString: postgres.url }));
  // Without a listener, a connection that the server ends would end this process.
  for (const pool of pools) pool.on("error", () => {});
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await postgres?.close();
});

const stores: Record<string, CreateFixture<InboxStore>> = {
  memory: () => ({ store: createMemoryInboxStore() }),
  SQLite: () => createFileFixture((file) => createSqliteInboxStore({ file, durability: "process" })),
  Postgres: () => {
    const table = createTableName();
    const [one, other] = pools as [pg.Pool, pg.Pool];
    return {
      store: createPostgresInboxStore({ pool: one, table }),
      connect: () => createPostgresInboxStore({ pool: other, table }),
    };
  },
};

describe.each(Object.entries(stores))("the inbox store in %s", (_, create) => {
  test.each(inboxStoreCases)("$title", ({ run }) => run(create));
});

describe("while another process takes a message of the same order key in Postgres", () => {
  const options = { repeatWindowMs: 1_000, leaseMs: 60_000 };
  const waiting = { key: "a", orderKey: "one", body: "{}" };

  /** Takes a message, and commits that when it is asked for. */
  async function takeSlowly() {
    const [one, other] = pools as [pg.Pool, pg.Pool];
    const table = createTableName();
    const store = createPostgresInboxStore({ pool: one, table });
    await store.count();
    const client = await other.connect();
    onTestFinished(async () => {
      await client.query("ROLLBACK");
      client.release();
    });
    await client.query("BEGIN");
    const insert = `INSERT INTO ${table} (key, order_key, body, state, attempts, at)
      VALUES ('slow', 'one', '{}', 'active', 1, now() + interval '1 minute')`;
    await client.query(insert);
    const commit = async () => {
      const blocked = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%${table} %'`;
      await expect.poll(async () => (await other.query(blocked)).rowCount).toBe(1);
      await client.query("COMMIT");
    };
    return { store, commit };
  }

  test("a message is stored, and not taken", async () => {
    const { store, commit } = await takeSlowly();
    const adding = store.add(waiting, options);
    await commit();
    expect(await adding).toBe("added");
    expect(await store.count()).toMatchObject({ waiting: 1, active: 1 });
  });

  test("a message that waits is not taken", async () => {
    const { store, commit } = await takeSlowly();
    // Stored as a process does that only receives.
    await store.add(waiting, { repeatWindowMs: options.repeatWindowMs });
    const taking = store.take({ limit: 10, leaseMs: options.leaseMs });
    await commit();
    expect(await taking).toEqual([]);
    expect(await store.count()).toMatchObject({ waiting: 1, active: 1 });
  });
});

/** Stores with one fault each, and the case that must find it. */
const broken: { fault: string; foundBy: string; break: (store: InboxStore) => Partial<InboxStore> }[] = [
  {
    fault: "looks for a key before it adds the message, but not in one step",
    foundBy: "of many calls with one key at the same time one is added",
    break: (store) => ({
      add: async (message, options) => {
        const known = await store.list({ limit: 100 });
        if (options.repeatWindowMs > 1 && known.some(({ key }) => key === message.key)) return "known";
        return store.add(message, { repeatWindowMs: 0 });
      },
    }),
  },
  {
    fault: "takes messages of one order key together",
    foundBy: "messages with one order key are taken one at a time, in the order in which they were stored",
    break: (store) => ({
      add: (message, options) => store.add({ ...message, orderKey: message.key }, options),
    }),
  },
  {
    fault: "takes a message as it is stored although another one of its order key waits",
    foundBy: "a message is not taken as it is stored when another one of its order key is waiting or active",
    break: (store) => ({
      add: (message, options) =>
        options.leaseMs === undefined
          ? store.add(message, options)
          : store.add({ ...message, orderKey: message.key }, options),
    }),
  },
  {
    fault: "settles a message for whoever asks, whether the lease is theirs or not",
    foundBy: "a message whose lease has ended is taken again, and its first process can settle it no more",
    break: (store) => ({
      settle: async ({ id }, outcome) => {
        const stored = (await store.list({ limit: 100 })).find((message) => message.id === id);
        return stored ? store.settle(stored, outcome) : false;
      },
    }),
  },
];

test.each(broken)("the cases find a store that $fault", async ({ foundBy, break: breakStore }) => {
  const create = () => {
    const store = createMemoryInboxStore();
    return { store: { ...store, ...breakStore(store) } };
  };
  const failed: string[] = [];
  for (const { title, run } of inboxStoreCases) await run(create).catch(() => failed.push(title));
  expect(failed).toContain(foundBy);
});
