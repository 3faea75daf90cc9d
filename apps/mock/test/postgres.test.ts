import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { startPostgres, type TestPostgres } from "@thingspace-callbacks/test-support/postgres";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createMock, type Mock } from "../src/mock.ts";
import type { MockOptions } from "../src/options.ts";
import { migrations } from "../src/postgres/schema.ts";
import { joinStore } from "../src/postgres/shared-store.ts";
import { reportSlowQueries, type SlowQuery } from "../src/postgres/slow-queries.ts";
import { schemaVersion } from "../src/state/schema.ts";
import { account, call, listen, type Received } from "./call.ts";
import { followStream, type StreamEvent } from "./follow-stream.ts";
import { tokens } from "./server.ts";

const main = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

/** Runs statements, on a connection of its own. */
async function query(sql: string) {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

beforeEach(async () => {
  await query("DROP SCHEMA IF EXISTS thingspace_mock CASCADE");
});

/** Starts instances on the store, the active one first, and ends them after the test. */
async function startInstances(count: number, options: MockOptions = {}) {
  const mocks: Mock[] = [];
  const origins: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const mock = await createMock({ store: postgres.url, retryPausesMs: [20], ...options });
    mocks.push(mock);
    origins.push(await mock.listen({ host: "127.0.0.1", port: 0 }));
  }
  const [active = "", standby = ""] = origins;
  await expect.poll(() => isReady(origins.at(-1) ?? "")).toBe(true);
  const close = () => Promise.all(mocks.map((mock) => mock.close()));
  return { mocks, origins, active, standby, close };
}

const isReady = async (origin: string) => (await fetch(`${origin}/readyz`)).status === 200;

/** Calls until the response is another one than 503, which says that it may be sent again. */
async function insist(
  call: () => Promise<Received>,
  isOver = (status: number) => status !== 503,
): Promise<Received> {
  for (;;) {
    const received = await call().catch(() => ({ status: 503, body: undefined }));
    if (isOver(received.status)) return received;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const register = (origin: string, name: string, url: string, headers = {}) =>
  call(origin, "POST", `/api/fota/v2/callbacks/${name}`, { url }, { ...tokens, ...headers });
const list = (origin: string, name: string, headers = {}) =>
  call(origin, "GET", `/api/fota/v2/callbacks/${name}`, undefined, { ...tokens, ...headers });

const listLegacy = (origin: string) => call(origin, "GET", `/legacy/api/fota/v1/callbacks/${account}`);

describe("Two instances on one store", () => {
  let instances: Awaited<ReturnType<typeof startInstances>>;
  beforeEach(async () => {
    instances = await startInstances(2);
  });

  test("What one registers the other lists, delivers and waits for", async () => {
    const { active, standby, close } = instances;
    const listener = await listen();
    expect((await register(standby, account, listener.url)).status).toBe(200);
    expect((await list(active, account)).body).toMatchObject({ url: listener.url });
    const path = `/mock/deliveries?account=${account}&status=delivered&wait=5s`;
    const waiting = call(standby, "GET", path);
    await call(active, "POST", "/mock/events", { api: "v2", account });
    expect((await waiting).body.deliveries).toMatchObject([{ account, status: "delivered" }]);
    expect(listener.messages).toHaveLength(1);
    await close();
    await listener.close();
  });

  test("The event stream of one shows what the other accepts", async () => {
    const { active, standby, close } = instances;
    const abort = new AbortController();
    const stream = await fetch(`${standby}/mock/stream`, { signal: abort.signal });
    await register(active, account, "https://example.com/");
    let text = "";
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes("event: registration")) break;
    }
    expect(text).toContain('"url":"https://example.com/"');
    abort.abort();
    await close();
  });

  test("After a takeover, a reader of the event stream that resumes is told to read the lists, and misses nothing after it", async () => {
    const { mocks, active, standby, close } = instances;
    const first = await followStream(standby);
    await register(active, account, "https://example.com/1");
    const [{ id = "" } = {}] = await first.take(1);
    await mocks[0]?.close();
    first.close();
    await expect.poll(() => isReady(standby)).toBe(true);
    await insist(() => register(standby, account, "https://example.com/2"));
    const again = await followStream(standby, { "Last-Event-ID": id });
    const [reset] = await again.take(1);
    expect(reset).toMatchObject({ event: "reset", data: {} });
    const events: StreamEvent[] = [];
    while (events.at(-1)?.data.url !== "https://example.com/2") events.push(...(await again.take(1)));
    again.close();
    const third = await followStream(standby, { "Last-Event-ID": reset?.id ?? "" });
    expect(await third.take(events.length)).toEqual(events);
    third.close();
    expect([reset, ...events].map((event) => event?.id)).not.toContain(id);
    await close();
  });

  test("A response through the other instance is the same, also a refusal, and HEAD", async () => {
    const { active, standby, close } = instances;
    await register(active, account, "https://example.com/");
    const url = (origin: string) => `${origin}/api/fota/v2/callbacks/${account}`;
    for (const init of [
      { headers: tokens },
      { headers: tokens, method: "HEAD" },
      { headers: { Authorization: "Bearer any" } },
      { headers: { ...tokens, "Content-Type": "application/json" }, method: "POST", body: "{" },
    ]) {
      const [here, there] = await Promise.all([fetch(url(active), init), fetch(url(standby), init)]);
      expect(there.status).toBe(here.status);
      expect(there.headers.get("content-type")).toBe(here.headers.get("content-type"));
      expect(await there.text()).toBe(await here.text());
    }
    await close();
  });

  test("A change that is not committed is not acknowledged, and is undone", async () => {
    const { active, close } = instances;
    const locker = new pg.Client({ connectionString: postgres.url });
    await locker.connect();
    await locker.query("BEGIN; LOCK TABLE thingspace_mock.rows IN EXCLUSIVE MODE");
    const acknowledged = register(active, account, "https://example.com/");
    const waiting = "FROM pg_locks WHERE NOT granted";
    await expect.poll(() => query(`SELECT 1 ${waiting}`)).toHaveLength(1);
    await query(`SELECT pg_terminate_backend(pid) ${waiting}`);
    expect((await acknowledged).status).toBe(503);
    await locker.end();
    const found = await insist(() => list(active, account));
    expect(found).toEqual({ status: 200, body: {} });
    await close();
  });

  test("After the active one stopped, the other has the state of every space", async () => {
    const { mocks, active, standby, close } = instances;
    const space = { "X-Mock-Space": "team" };
    await register(active, "a", "https://example.com/a");
    // Characters that a text in Postgres cannot have.
    await register(active, "b", "https://example.com/b", space);
    const login = { username: "nul\u0000, half \ud800", password: "x" };
    const { body: session } = await call(active, "POST", "/api/m2m/v1/session/login", login);
    expect(session.sessionToken).toBeDefined();
    await mocks[0]?.close();
    expect((await insist(() => list(standby, "a"))).body).toMatchObject({ url: "https://example.com/a" });
    expect((await list(standby, "b", space)).body).toMatchObject({ url: "https://example.com/b" });
    expect(await query("SELECT 1 FROM thingspace_mock.rows WHERE table_name = 'sessions'")).toHaveLength(1);
    await call(standby, "DELETE", "/mock/spaces/team");
    expect(await query("SELECT 1 FROM thingspace_mock.rows WHERE space = 'team'")).toHaveLength(0);
    await close();
  });

  test("What was answered before the active one stopped is not sent again by the other", async () => {
    const { mocks, active, standby, close } = instances;
    const listener = await listen();
    await register(active, account, listener.url);
    const upgrade = { api: "v2", account, devices: 200 };
    const { deliveries } = (await call(active, "POST", "/mock/upgrades", upgrade)).body;
    await expect.poll(() => listener.messages.length).toBeGreaterThan(20);
    await mocks[0]?.close();
    const path = `/mock/deliveries?status=delivered&atLeast=${deliveries.length}&wait=20s`;
    const { body } = await insist(() => call(standby, "GET", path));
    expect(body.total).toBe(deliveries.length);
    // But for the one that was under way.
    expect(listener.messages.length - deliveries.length).toBeLessThanOrEqual(1);
    await close();
    await listener.close();
  });

  test("After the active one stopped, the other has the faults, the snapshots, the clock and the journal", async () => {
    const { mocks, active, standby, close } = instances;
    await call(active, "POST", "/mock/faults", { api: "v2", status: 500, times: 3 });
    await call(active, "POST", "/mock/faults", { api: "v1", status: 429, times: 5 });
    await call(active, "POST", "/mock/faults", { api: "legacy", status: 502, share: 0.5 });
    expect((await list(active, account)).status).toBe(500);
    expect((await listLegacy(active)).status).toBe(200);
    await call(active, "POST", "/mock/snapshots", { name: "empty" });
    await call(active, "POST", "/mock/snapshots", { name: "removed" });
    await call(active, "DELETE", "/mock/snapshots/removed");
    await call(active, "PUT", "/mock/clock", { now: "2031-02-03T04:05:06.000Z", frozen: true });
    const { body: before } = await call(active, "GET", "/mock/requests");
    await mocks[0]?.close();

    const { body: faults } = await insist(() => call(standby, "GET", "/mock/faults"));
    expect(faults).toMatchObject([
      { api: "v2", times: 2 },
      { api: "v1", times: 5 },
      { api: "legacy", share: 0.5 },
    ]);
    // The second of two.
    expect((await listLegacy(standby)).status).toBe(502);
    const { body: snapshots } = await call(standby, "GET", "/mock/snapshots");
    expect(snapshots.snapshots.map(({ name }: { name: string }) => name)).toEqual(["empty"]);
    const { body: clock } = await call(standby, "GET", "/mock/clock");
    expect(clock).toMatchObject({ now: "2031-02-03T04:05:06.000Z", frozen: true });
    const { body: after } = await call(standby, "GET", "/mock/requests");
    expect(before.total).toBe(2);
    expect(after.requests.slice(-2)).toEqual(before.requests);

    expect((await call(standby, "POST", "/mock/snapshots/empty/restore")).status).toBe(200);
    await call(standby, "DELETE", "/mock/faults");
    await call(standby, "DELETE", "/mock/requests");
    await call(standby, "DELETE", "/mock/clock");
    const third = await createMock({ store: postgres.url });
    const origin = await third.listen({ host: "127.0.0.1", port: 0 });
    await mocks[1]?.close();
    expect((await insist(() => call(origin, "GET", "/mock/faults"))).body).toEqual([]);
    expect((await call(origin, "GET", "/mock/requests")).body.total).toBe(0);
    expect((await call(origin, "GET", "/mock/clock")).body).toMatchObject({ frozen: false });
    await third.close();
    await close();
  });

  test("While the database is away requests get 503, and all comes back by itself", async () => {
    const { active, standby, close } = instances;
    await register(active, account, "https://example.com/");
    await postgres.stop("SIGQUIT");
    for (const origin of [active, standby]) {
      await expect.poll(() => isReady(origin)).toBe(false);
      const response = await fetch(`${origin}/api/fota/v2/callbacks/${account}`, { headers: tokens });
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("1");
      expect(await response.json()).toMatchObject({ errorCode: "SERVICE_UNAVAILABLE" });
      expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    }
    await postgres.start();
    for (const origin of [active, standby]) {
      await expect.poll(() => isReady(origin)).toBe(true);
      const found = await insist(() => list(origin, account));
      expect(found.body).toMatchObject({ url: "https://example.com/" });
    }
    await close();
  });
});

test("After the active one stopped, the other has the applications and users that were loaded", async () => {
  const application = { key: "loaded-key", secret: "loaded-secret" };
  const user = { username: "loaded", password: "secret", accounts: ["*"] };
  const config = fileURLToPath(new URL("../config/mock-config.example.yaml", import.meta.url));
  const { mocks, active, standby, close } = await startInstances(2, { auth: "strict", config });
  const state = { registrations: [], applications: [application], users: [user] };
  expect((await call(active, "PUT", "/mock/state", state)).status).toBe(200);
  await mocks[0]?.close();
  await expect.poll(() => isReady(standby)).toBe(true);
  const { status } = await insist(async () => {
    const response = await fetch(`${standby}/api/ts/v1/oauth2/token`, {
      method: "POST",
      headers: { Authorization: `Basic ${btoa(`${application.key}:${application.secret}`)}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    return { status: response.status, body: await response.json() };
  });
  expect(status).toBe(200);
  await close();
});

test("With the database away and restarted amid calls, no acknowledged call is lost, and all comes back", async () => {
  const { origins, active, close } = await startInstances(2);
  const acknowledged: string[] = [];
  let refused = 0;
  let isOver = false;
  const work = async (worker: number) => {
    for (let number = 0; !isOver; number += 1) {
      const name = `worker-${worker}-${number}`;
      const origin = origins[number % 2] ?? "";
      const { status } = await register(origin, name, "https://example.com/");
      expect([200, 503]).toContain(status);
      if (status === 200) acknowledged.push(name);
      else refused += 1;
    }
  };
  const working = Promise.all(Array.from({ length: 10 }, (_, worker) => work(worker)));
  const proceed = async (count: number) => {
    const goal = acknowledged.length + count;
    await expect.poll(() => acknowledged.length).toBeGreaterThan(goal);
  };
  await proceed(100);
  await postgres.stop("SIGQUIT");
  for (const origin of origins) await expect.poll(() => isReady(origin)).toBe(false);
  const before = refused;
  await expect.poll(() => refused).toBeGreaterThan(before + 100);
  await postgres.start();
  await proceed(100);
  await postgres.stop();
  await postgres.start();
  await proceed(100);
  isOver = true;
  await working;
  const { registrations } = (await insist(() => call(active, "GET", "/mock/state"))).body;
  const kept = new Set(registrations.map(({ account }: { account: string }) => account));
  expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
  await close();
});

test("An instance that loads its state for longer than it may be silent stays active", async () => {
  const store = await joinStore({
    connection: postgres.url,
    idleSeconds: 1,
    // Blocks the process, as a large state does.
    onActive: () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000),
    onInactive: async () => {},
    onError: () => {},
    onSlow: () => {},
  });
  expect(store.getRole()).toEqual({ kind: "active" });
  await store.close();
});

test("A change that cannot be written while an instance stops is reported", async () => {
  const errors: unknown[] = [];
  let database: DatabaseSync | undefined;
  const store = await joinStore({
    connection: postgres.url,
    onActive: (mirror) => {
      ({ database } = mirror.open("default"));
    },
    onInactive: async () => {},
    onError: (error) => errors.push(error),
    onSlow: () => {},
  });
  await query("DROP TABLE thingspace_mock.rows");
  database?.exec("INSERT INTO failed_logins VALUES ('user', 1)");
  await store.close();
  expect(errors).toMatchObject([{ message: expect.stringContaining("thingspace_mock.rows") }]);
});

test("An instance that stops reports nothing when all is written", async () => {
  const errors: unknown[] = [];
  const options = { connection: postgres.url, onInactive: async () => {}, onSlow: () => {} };
  const onError = (error: unknown) => errors.push(error);
  const active = await joinStore({ ...options, onError, onActive: (mirror) => mirror.open("default") });
  const standby = await joinStore({ ...options, onError, onActive: () => {} });
  await standby.close();
  await active.close();
  expect(errors).toEqual([]);
});

test("A slow query is reported with its time, on one line, and without its values", async () => {
  const client = new pg.Client({ connectionString: postgres.url });
  const slow: SlowQuery[] = [];
  reportSlowQueries(client, { slowMs: 50, onSlow: (query) => slow.push(query) });
  await client.connect();
  await client.query("SELECT 1");
  await client.query({ text: "SELECT pg_sleep($1),\n  $2::text", values: [0.1, "secret"] });
  await client.end();
  expect(slow.map(({ statement }) => statement)).toContain("SELECT pg_sleep($1), $2::text");
  expect(slow.at(-1)?.ms).toBeGreaterThanOrEqual(90);
  expect(JSON.stringify(slow)).not.toContain("secret");
});

test("Instances may start at once on an empty database", async () => {
  const mocks = await Promise.all([1, 2, 3, 4].map(() => createMock({ store: postgres.url })));
  expect(await query("SELECT version FROM thingspace_mock.version")).toEqual([
    { version: migrations.length },
  ]);
  await Promise.all(mocks.map((mock) => mock.close()));
});

test("A store that a newer version has changed is refused", async () => {
  const mock = await createMock({ store: postgres.url });
  await mock.close();
  await query("UPDATE thingspace_mock.version SET version = 1000");
  await expect(createMock({ store: postgres.url })).rejects.toMatchObject({ name: "StoreError" });
});

test("A database that cannot be reached is refused at the start, without its password", async () => {
  const refused = createMock({ store: "postgres://user:secret@127.0.0.1:1/mock" });
  await expect(refused).rejects.toMatchObject({ name: "StoreError" });
  await expect(refused).rejects.not.toThrow(/secret/);
});

test("The newest migration has the rows of today's tables", () => {
  expect(migrations.at(-1)?.rowVersion).toBe(schemaVersion);
});

describe("Processes", () => {
  /** The command on the store, in a process that can be killed. */
  async function start() {
    const flags = ["--port", "0", "--json", "--quiet", "--store", postgres.url];
    const child: ChildProcess = spawn(process.execPath, [main, ...flags], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (!child.stdout) throw new Error("The process has no output");
    for await (const line of createInterface({ input: child.stdout })) {
      return { origin: JSON.parse(line).origin as string, child };
    }
    throw new Error("The mock did not start");
  }

  test("After kill -9 of the active one amid deliveries, the other delivers all of them, in order", async () => {
    const accounts = Array.from({ length: 10 }, (_, index) => `account-${index}`);
    const listener = await listen();
    const first = await start();
    const second = await start();
    for (const name of accounts) await register(first.origin, name, listener.url);
    const accepted = await Promise.all(
      accounts.map((name) =>
        insist(() =>
          call(second.origin, "POST", "/mock/upgrades", { api: "v2", account: name, devices: 20 }),
        ),
      ),
    );
    for (const { status } of accepted) expect(status).toBe(202);
    await expect.poll(() => listener.messages.length).toBeGreaterThan(20);
    first.child.kill("SIGKILL");
    await once(first.child, "exit");

    const total = accepted.reduce((sum, { body }) => sum + body.deliveries.length, 0);
    const path = `/mock/deliveries?status=delivered&atLeast=${total}&wait=20s&limit=1000`;
    const found = await insist(() => call(second.origin, "GET", path));
    expect(found.body.total).toBe(total);
    const attempts: { account: string; id: number; at: string }[] = found.body.deliveries.map(
      ({ account, id, attempts }: { account: string; id: number; attempts: { at: string }[] }) => ({
        account,
        id,
        at: attempts.at(-1)?.at ?? "",
      }),
    );
    for (const name of accounts) {
      const times = attempts
        .filter(({ account }) => account === name)
        .sort((a, b) => a.id - b.id)
        .map(({ at }) => at);
      expect(times).toEqual([...times].sort());
    }
    second.child.kill();
    await once(second.child, "exit");
    await listener.close();
  });

  test("A kill -9 during 500 registrations loses no acknowledged one", async () => {
    const first = await start();
    const acknowledged = new Set<string>();
    const names = Array.from({ length: 500 }, (_, index) => `a${index}`);
    const work = async () => {
      for (let name = names.shift(); name; name = names.shift()) {
        const response = await register(first.origin, name, `https://example.com/${name}`);
        if (response.status === 200) acknowledged.add(name);
        if (acknowledged.size === 250) first.child.kill("SIGKILL");
      }
    };
    await Promise.allSettled(Array.from({ length: 20 }, work));
    expect(acknowledged.size).toBeGreaterThanOrEqual(250);
    const second = await start();
    const { registrations } = (await call(second.origin, "GET", "/mock/state")).body;
    const kept = new Set(registrations.map(({ account }: { account: string }) => account));
    for (const name of acknowledged) expect(kept.has(name)).toBe(true);
    second.child.kill();
    await once(second.child, "exit");
  });
});
