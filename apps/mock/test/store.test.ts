import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMock, type Mock } from "../src/mock.ts";
import { account, call, listen } from "./call.ts";
import { tokens } from "./server.ts";

const main = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

let folder: string;
let file: string;
let kill = () => {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mock-store-"));
  file = join(folder, "store.db");
});
afterEach(() => {
  kill();
  rmSync(folder, { recursive: true });
});

/** The command with the store file, in a process of its own that can be killed; `before` is run first, by a shell. */
async function start(before?: string) {
  const command = [process.execPath, main, "--port", "0", "--store", file];
  const child = before ? spawn(...onSmallDisk(before, command)) : spawn(command[0] ?? "", command.slice(1));
  kill = () => child.kill("SIGKILL");
  for await (const line of createInterface({ input: child.stdout })) {
    const origin = /listens on (\S+)/.exec(line)?.[1];
    if (!origin) continue;
    child.stdout.resume();
    return {
      origin,
      kill: async () => {
        child.kill("SIGKILL");
        await once(child, "exit");
      },
    };
  }
  throw new Error("The mock did not start");
}

test("A kill -9 during 1,000 registrations loses no acknowledged one", async () => {
  const first = await start();
  const acknowledged = new Map<string, string>();
  // Twenty at a time: when the 500th is acknowledged, most of the others have not been sent yet.
  const accounts = Array.from({ length: 1000 }, (_, index) => `a${index}`);
  const work = async () => {
    for (let name = accounts.shift(); name; name = accounts.shift()) {
      const url = `https://example.com/${name}`;
      const response = await call(first.origin, "POST", `/api/fota/v2/callbacks/${name}`, { url });
      if (response.status === 200) acknowledged.set(name, url);
      if (acknowledged.size === 500) await first.kill();
    }
  };
  await Promise.allSettled(Array.from({ length: 20 }, work));
  expect(acknowledged.size).toBeGreaterThanOrEqual(500);
  expect(acknowledged.size).toBeLessThan(1000);

  const second = await start();
  const { registrations: kept } = (await call(second.origin, "GET", "/mock/state")).body;
  const urls = new Map(kept.map((one: { account: string; url: string }) => [one.account, one.url]));
  for (const [name, url] of acknowledged) expect(urls.get(name)).toBe(url);
});

test("After a kill -9 during an upgrade of 201 deliveries and a restart, every delivery arrives", async () => {
  const listener = await listen();
  const first = await start();
  await call(first.origin, "POST", `/api/fota/v1/callbacks/${account}`, { name: "Fota", url: listener.url });
  const upgrade = { api: "v1", account, devices: 99 };
  const { deliveries } = (await call(first.origin, "POST", "/mock/upgrades", upgrade)).body;
  expect(deliveries).toHaveLength(201);
  await expect.poll(() => listener.messages.length).toBeGreaterThan(20);
  await first.kill();
  expect(listener.messages.length).toBeLessThan(201);

  const second = await start();
  const page = "/mock/deliveries?status=delivered&limit=1";
  await expect.poll(async () => (await call(second.origin, "GET", page)).body.total).toBe(201);
  // At least once: the one under way when the process died may have come twice.
  expect(listener.messages.length).toBeGreaterThanOrEqual(201);
  await listener.close();
});

test("A kill -9 while a state is loaded leaves either the old or the new state, complete", async () => {
  const registration = (index: number) => ({
    api: "v2",
    account: `new${index}`,
    url: `https://example.com/${index}`,
  });
  const first = await start();
  await call(first.origin, "POST", "/api/fota/v2/callbacks/old", { url: "https://example.com/old" });
  const registrations = Array.from({ length: 20_000 }, (_, index) => registration(index));
  const loading = call(first.origin, "PUT", "/mock/state", { registrations }).catch(() => undefined);
  // The log beside the store grows as soon as the first of them are written.
  const written = statSync(`${file}-wal`).size;
  await expect.poll(() => statSync(`${file}-wal`).size, { interval: 1 }).toBeGreaterThan(written);
  await first.kill();
  await loading;

  const second = await start();
  const { registrations: kept } = (await call(second.origin, "GET", "/mock/state")).body;
  if (kept.length === 1) expect(kept).toMatchObject([{ account: "old" }]);
  else expect(kept).toHaveLength(registrations.length);
});

test("A kill -9 while a store is created leaves a file that the next mock can open", async () => {
  const module = fileURLToPath(new URL("../src/state/database.ts", import.meta.url));
  const script = `import { openDatabase } from ${JSON.stringify(module)}; openDatabase(${JSON.stringify(file)}); setInterval(() => {}, 1000);`;
  for (let round = 0; round < 8; round++) {
    const watcher = watch(folder);
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "ignore" });
    while (!existsSync(file)) await once(watcher, "change");
    watcher.close();
    // Making it takes some milliseconds: every round ends at another moment of it.
    const moment = performance.now() + round * 0.6;
    while (performance.now() < moment);
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await createMock({ store: file })).close();
    for (const name of [file, `${file}-wal`, `${file}-journal`]) rmSync(name, { force: true });
  }
});

test("When two mocks create the same store at once, one opens it and the other fails because it is in use", async () => {
  const run = () => {
    const child = spawn(process.execPath, [main, "--port", "0", "--store", file]);
    const ready = once(child.stdout, "data").then(() => "ready");
    return { child, said: Promise.race([ready, text(child.stderr)]) };
  };
  const both = [run(), run()];
  const [a, b] = await Promise.all(both.map(({ said }) => said));
  for (const { child } of both) child.kill("SIGKILL");
  expect([a, b]).toContain("ready");
  expect([a, b].find((said) => said !== "ready")).toMatch(/store\.db is in use by another mock/);
});

describe.skipIf(!hasSmallDisks())("a small disk", () => {
  test("On a full disk, changes are refused with 507 and no acknowledged change is lost", async () => {
    const { origin } = await start("true");
    const url = `https://example.com/${"x".repeat(2_000)}`;
    const register = (name: string) => call(origin, "POST", `/api/fota/v2/callbacks/${name}`, { url });
    const acknowledged = ["a0"];
    await register("a0");

    // There is space to delete the old state, but not for all of the new one.
    const registrations = Array.from({ length: 1_000 }, (_, index) => ({
      api: "v2",
      account: `b${index}`,
      url,
    }));
    const loaded = await call(origin, "PUT", "/mock/state", { registrations });
    expect(loaded).toMatchObject({ status: 507, body: { errorCode: "INSUFFICIENT_STORAGE" } });
    const event = { api: "v2", account: "a0", message: { text: "x".repeat(500_000) } };
    expect(await call(origin, "POST", "/mock/events", event)).toMatchObject({ status: 507 });
    let last = await register("a1");
    for (let index = 1; last.status === 200; index++) {
      acknowledged.push(`a${index}`);
      last = await register(`a${index + 1}`);
    }
    expect(last).toMatchObject({ status: 507, body: { errorCode: "INSUFFICIENT_STORAGE" } });
    const { registrations: kept } = (await call(origin, "GET", "/mock/state")).body;
    expect(kept.map((one: { account: string }) => one.account)).toEqual(acknowledged.sort());
    expect((await call(origin, "GET", "/mock/deliveries")).body.total).toBe(0);
  });

  const refused = [
    {
      title: "that is full, a store cannot be made, and says so",
      before: `dd if=/dev/zero of="$FOLDER/filler" bs=4k 2>/dev/null`,
      reason: /store\.db cannot be (written: the disk is full|read or written: )/,
    },
    {
      title: "that is read-only, a store is not called damaged",
      before: `cp "$FOLDER.db" "$FOLDER/store.db" && mount -o remount,ro "$FOLDER"`,
      reason: /store\.db cannot be written: EROFS/,
    },
  ];
  test.each(refused)("$title", async ({ before, reason }) => {
    await (await createMock({ store: `${folder}.db` })).close();
    const [program, args, options] = onSmallDisk(before, [
      process.execPath,
      main,
      "--port",
      "0",
      "--store",
      file,
    ]);
    const { status, stderr } = spawnSync(program, args, { ...options, encoding: "utf8" });
    rmSync(`${folder}.db`);
    expect(status).toBe(1);
    expect(stderr).toMatch(reason);
  });
});

const indexesOfVersion2 = [
  "access_tokens_by_key",
  "access_tokens_by_expiry",
  "sessions_by_use",
  "deliveries_by_status_and_account",
];

test.each([1, 2, 3])("A store of version %i is opened and upgraded to this version", async (version) => {
  const first = await createMock({ store: file });
  await put(first, "https://example.com/kept");
  await first.close();
  const database = new DatabaseSync(file);
  database.exec("ALTER TABLE deliveries DROP COLUMN repeats");
  if (version < 3) database.exec("ALTER TABLE registrations RENAME COLUMN name TO slot");
  if (version === 1) for (const name of indexesOfVersion2) database.exec(`DROP INDEX ${name}`);
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
  const second = await createMock({ store: file });
  expect(await stateOf(second)).toMatchObject({ registrations: [{ url: "https://example.com/kept" }] });
  await second.close();
});

test("A second mock on the same file is refused while the first one runs", async () => {
  const first = await createMock({ store: file });
  await expect(createMock({ store: file })).rejects.toThrow(/is in use by another mock/);
  await first.close();
  await (await createMock({ store: file })).close();
});

test("Tokens that were issued while the clock was ahead are invalid after a restart", async () => {
  const request = () =>
    new Request("http://mock/api/ts/v1/oauth2/token", {
      method: "POST",
      headers: { Authorization: "Basic YTpi" },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
  const first = await createMock({ store: file });
  const ahead = JSON.stringify({ advanceMs: 86_400_000 });
  const headers = { "Content-Type": "application/json" };
  await first.fetch(new Request("http://localhost/mock/clock", { method: "POST", headers, body: ahead }));
  await first.fetch(request());
  await first.close();
  const second = await createMock({ store: file });
  expect(await (await second.fetch(request())).json()).toMatchObject({ expires_in: 3600 });
  await second.close();
});

describe("a file that is not a sound store is refused and left untouched:", () => {
  const made: [string, () => Promise<void>, RegExp][] = [
    [
      "text",
      async () => writeFileSync(file, "not a database, but longer than a header ".repeat(10)),
      /is not a store of this mock/,
    ],
    ["a file of two bytes", async () => writeFileSync(file, "hi"), /is not a store of this mock/],
    [
      "a database of another program",
      async () => {
        const other = new DatabaseSync(file);
        other.exec("CREATE TABLE t (a)");
        other.close();
      },
      /is not a store of this mock/,
    ],
    [
      "a damaged store",
      async () => {
        await (await createMock({ store: file })).close();
        const bytes = readFileSync(file);
        bytes.fill(0x55, 4096);
        writeFileSync(file, bytes);
      },
      /is damaged/,
    ],
    [
      "a store with other tables",
      async () => {
        await (await createMock({ store: file })).close();
        const database = new DatabaseSync(file);
        database.exec("DROP TABLE sessions");
        database.close();
      },
      /is damaged: its tables are not/,
    ],
    [
      "a store of a later version",
      async () => {
        await (await createMock({ store: file })).close();
        const database = new DatabaseSync(file);
        database.exec("PRAGMA user_version = 1000");
        database.close();
      },
      /was written by another version of this mock/,
    ],
    [
      "a store with an index that misses a row",
      async () => {
        await (await createMock({ store: file })).close();
        const database = new DatabaseSync(file);
        database.enableDefensive(false);
        // The row is inserted while SQLite does not know the index.
        database.exec(`PRAGMA writable_schema = ON;
          CREATE TABLE aside AS SELECT * FROM sqlite_schema WHERE name = 'sessions_by_use';
          DELETE FROM sqlite_schema WHERE name = 'sessions_by_use';
          PRAGMA writable_schema = RESET;
          INSERT INTO sessions VALUES ('t', 'u', 1);
          PRAGMA writable_schema = ON;
          INSERT INTO sqlite_schema SELECT * FROM aside;
          PRAGMA writable_schema = RESET;
          DROP TABLE aside;`);
        database.close();
      },
      /is damaged: .*sessions_by_use/,
    ],
    [
      "a store that is cut short",
      async () => {
        await (await createMock({ store: file })).close();
        writeFileSync(file, readFileSync(file).subarray(0, 8192));
      },
      /is damaged/,
    ],
  ];
  test.each(made)("%s", async (_what, make, reason) => {
    await make();
    const before = readFileSync(file);
    await expect(createMock({ store: file })).rejects.toThrow(reason);
    await expect(createMock({ store: file })).rejects.toThrow(file);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("A pipe is refused without waiting for its writer", async () => {
    execFileSync("mkfifo", [file]);
    await expect(createMock({ store: file })).rejects.toThrow(/is not a regular file/);
  });

  test("A store in a missing folder is refused with the command that makes the folder", async () => {
    const missing = join(folder, "none", "at all");
    const store = join(missing, "store.db");
    const error = await createMock({ store }).catch((error: Error) => error);
    const [, command = ""] = /does not exist\. Make it with: (.*)$/.exec((error as Error).message) ?? [];
    execFileSync("sh", ["-c", command]);
    await (await createMock({ store })).close();
    expect(existsSync(store)).toBe(true);
  });
});

const put = (mock: Mock, url: string) =>
  mock.fetch(
    new Request("http://localhost/api/fota/v2/callbacks/a", {
      method: "PUT",
      headers: { ...tokens, "Content-Type": "application/json" },
      body: JSON.stringify({ url }),
    }),
  );

const stateOf = async (mock: Mock) => (await mock.fetch(new Request("http://localhost/mock/state"))).json();

/** A command in a mount namespace of its own, where the test's folder is a disk of 400 kB. */
function onSmallDisk(before: string, command: string[]): [string, string[], { env: NodeJS.ProcessEnv }] {
  const script = `mount -t tmpfs -o size=400k none "$FOLDER" && ${before}; exec "$@"`;
  const env = { ...process.env, FOLDER: folder };
  return ["unshare", ["-rm", "sh", "-c", script, "sh", ...command], { env }];
}

/** Only Linux has these, and not every container allows them. */
function hasSmallDisks(): boolean {
  const { status } = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", tmpdir()]);
  return status === 0;
}
