import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { findFreePort } from "@thingspace-callbacks/test-support";
import { startPostgres, type TestPostgres } from "@thingspace-callbacks/test-support/postgres";
import { Redis } from "ioredis";
import pg from "pg";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CreateFixture, seenStoreCases } from "../src/conformance.ts";
import { createMemorySeenStore, type SeenStore } from "../src/index.ts";
import { createPostgresSeenStore, type PostgresPool } from "../src/postgres.ts";
import { createRedisSeenStore } from "../src/redis.ts";
import { createSqliteSeenStore } from "../src/sqlite.ts";
import { createRedisDouble } from "./redis-double.ts";
import { createFileFixture, createFolder, createTableName } from "./stores.ts";

const hasRedis = canRun("redis-server");
const redisName = hasRedis
  ? "Redis, a real server"
  : "Redis, a double, because there is no redis-server here";

let postgres: TestPostgres;
let pool: pg.Pool;
let redisUrl = "";
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
  pool = new pg.Pool({ connectionString: postgres.url });
  // Without a listener, a connection that the server ends would end this process.
  pool.on("error", () => {});
  if (hasRedis) redisUrl = await startRedis();
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  await pool.end();
  await postgres?.close();
});

/** Ages by which a case can wait for the end of a claim. */
type Ages = { claimMs?: number; maxAgeMs?: number };

const double = createRedisDouble();
const stores: Record<string, (ages?: Ages) => ReturnType<CreateFixture<SeenStore>>> = {
  memory: ({ maxAgeMs } = {}) => ({ store: createMemorySeenStore({ maxAgeMs }) }),
  SQLite: (ages) => createFileFixture((file) => createSqliteSeenStore({ file, ...ages })),
  Postgres: (ages) => {
    const table = createTableName();
    const connect = () => createPostgresSeenStore({ pool, table, ...ages });
    return { store: connect(), connect };
  },
  [`${redisName}, through ioredis`]: (ages) => {
    const client = hasRedis ? new Redis(redisUrl) : double.ioredis;
    if (client instanceof Redis) closing.push(() => client.quit());
    const prefix = `${createTableName()}:`;
    const connect = () => createRedisSeenStore({ client, prefix, ...ages });
    return { store: connect(), connect };
  },
  [`${redisName}, through redis`]: async (ages) => {
    const client = hasRedis ? await createClient({ url: redisUrl }).connect() : double.nodeRedis;
    if ("close" in client) closing.push(() => client.close());
    const prefix = `${createTableName()}:`;
    const connect = () => createRedisSeenStore({ client, prefix, ...ages });
    return { store: connect(), connect };
  },
};

describe.each(Object.entries(stores))("the seen store in %s", (_, create) => {
  test.each(seenStoreCases)("$title", ({ run }) => run(create));

  test("a claim that was neither committed nor released ends by itself", async () => {
    const { store, close } = await create({ claimMs: 20, maxAgeMs: 20 });
    await store.claim("v1:a");
    await expect.poll(() => store.claim("v1:a")).toBe("claimed");
    await close?.();
  });

  test("a handled message is forgotten after its age", async () => {
    const { store, close } = await create({ maxAgeMs: 20 });
    await store.claim("v1:a");
    await store.commit("v1:a");
    await expect.poll(() => store.claim("v1:a")).toBe("claimed");
    await close?.();
  });
});

test("in SQLite a claim does not forget all of many old keys at once, and each of them can be claimed again", async () => {
  const { folder, remove } = createFolder();
  const file = join(folder, "seen.sqlite");
  const store = createSqliteSeenStore({ file });
  const database = new DatabaseSync(file);
  const count = () => database.prepare("SELECT count(*) AS number FROM seen").get()?.["number"];
  database.exec(`WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 1000)
    INSERT INTO seen SELECT 'old ' || i, 'handled', i FROM numbers`);
  expect(await store.claim("old 1000")).toBe("claimed");
  expect(count()).toBe(900);
  expect(await store.claim("old 1000")).toBe("pending");
  expect(count()).toBe(800);
  database.close();
  store.close();
  remove();
});

test("in Postgres a claim does not wait until old keys are forgotten", async () => {
  const isDelete = ({ text }: { text: string }) => text.startsWith("DELETE");
  const slow: PostgresPool = {
    query: (statement) => (isDelete(statement) ? new Promise(() => {}) : pool.query(statement)),
  };
  const store = createPostgresSeenStore({ pool: slow, table: createTableName() });
  expect(await store.claim("v1:a")).toBe("claimed");
});

test("the cases find a seen store whose claim is not one step", async () => {
  const create = () => {
    const store = createMemorySeenStore();
    const claimed = new Set<string>();
    const claim: SeenStore["claim"] = async (key) => {
      const isKnown = claimed.has(key);
      await undefined;
      claimed.add(key);
      return isKnown ? store.claim(key) : "claimed";
    };
    return { store: { ...store, claim } };
  };
  const failed: string[] = [];
  for (const { title, run } of seenStoreCases) await run(create).catch(() => failed.push(title));
  expect(failed).toContain("of many claims of one key at the same time one gets it");
});

/** Starts a Redis server that keeps nothing, until the end of the tests. */
async function startRedis(): Promise<string> {
  const port = await findFreePort();
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", options, { stdio: ["ignore", "pipe", "ignore"] });
  closing.push(async () => {
    const gone = once(child, "exit");
    child.kill();
    await gone;
  });
  for await (const text of child.stdout) if (String(text).includes("Ready to accept")) break;
  child.stdout.resume();
  return `redis://127.0.0.1:${port}`;
}

function canRun(command: string): boolean {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
