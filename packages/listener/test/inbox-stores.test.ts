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

describe("the inbox store in SQLite", () => {
  const options = { repeatWindowMs: 60_000, leaseMs: 60_000 };
  const open = () => {
    const { store, close } = createFileFixture((file) =>
      createSqliteInboxStore({ file, durability: "process" }),
    );
    onTestFinished(async () => {
      await close?.();
    });
    return store;
  };

  test("stores a message although an outcome beside it cannot be recorded", async () => {
    const store = open();
    const added = await store.add({ key: "a", orderKey: "a", body: "{}" }, options);
    if (typeof added === "string") throw new Error("The message was not taken.");
    const unusable = { state: "retry" as const, pauseMs: Number.NaN, error: "no" };
    const [settled, stored] = await Promise.allSettled([
      store.settle(added.taken, unusable),
      store.add({ key: "b", orderKey: "b", body: "{}" }, options),
    ]);
    expect([settled.status, stored.status]).toEqual(["rejected", "fulfilled"]);
    expect(await store.count()).toMatchObject({ active: 2 });
  });

  test("stores a message while it deletes many others", async () => {
    const store = open();
    const keys = Array.from({ length: 3_000 }, (_, index) => `key ${index}`);
    const handle = async (key: string) => {
      const added = await store.add({ key, orderKey: key, body: "{}" }, options);
      if (typeof added === "object") await store.settle(added.taken, { state: "handled" });
    };
    await Promise.all(keys.map(handle));
    const done: string[] = [];
    const note = (name: string) => () => done.push(name);
    await Promise.all([
      store.purge({ state: "handled", olderThanMs: 0 }).then(note("purge")),
      store.add({ key: "new", orderKey: "new", body: "{}" }, options).then(note("add")),
    ]);
    expect(done).toEqual(["add", "purge"]);
    expect(await store.count()).toMatchObject({ active: 1, handled: 0 });
  });
});

test("messages that come one after the other are stored in Postgres in that order", async () => {
  const [pool] = pools as [pg.Pool];
  const store = createPostgresInboxStore({ pool, table: createTableName() });
  const options = { repeatWindowMs: 60_000, leaseMs: 60_000 };
  const keys = Array.from({ length: 200 }, (_, index) => `key ${index}`);
  const adding: Promise<unknown>[] = [];
  for (const key of keys) {
    adding.push(store.add({ key, orderKey: "one", body: "{}" }, options));
    // In a turn of the event loop of its own.
    await new Promise(setImmediate);
  }
  await Promise.all(adding);
  expect((await store.list({ limit: 1_000 })).map(({ key }) => key)).toEqual(keys);
});

test.each(["x".repeat(51), "Inbox", "a.b.c", "a;b"])("Postgres has no table named %s", (table) => {
  const [pool] = pools as [pg.Pool];
  expect(() => createPostgresInboxStore({ pool, table })).toThrow(
    expect.objectContaining({ option: "table" }),
  );
});

test("a table whose name has 50 characters works in Postgres", async () => {
  const [pool] = pools as [pg.Pool];
  const store = createPostgresInboxStore({ pool, table: `public.${"x".repeat(43)}` });
  await store.add({ key: "a", orderKey: "a", body: "{}" }, { repeatWindowMs: 1 });
  expect(await store.take({ limit: 1, leaseMs: 60_000 })).toHaveLength(1);
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
