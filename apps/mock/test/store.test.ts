import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMock } from "../src/mock.ts";
import { account, call, listen } from "./call.ts";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

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

/** The command with the store file, in a process of its own that can be killed. */
async function start() {
  const child = spawn(process.execPath, [main, "--port", "0", "--store", file]);
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

test("kill -9 in the middle of 1,000 registrations loses none that was acknowledged", async () => {
  const first = await start();
  const acknowledged = new Map<string, string>();
  // Twenty at a time: when the 500th is acknowledged, most of the others have not been sent yet.
  const accounts = Array.from({ length: 1000 }, (_, index) => `a${index}`);
  const work = async () => {
    for (let name = accounts.shift(); name; name = accounts.shift()) {
      const url = `https://example.com/${name}`;
      const answer = await call(first.origin, "POST", `/api/fota/v2/callbacks/${name}`, { url });
      if (answer.status === 200) acknowledged.set(name, url);
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
}, 60_000);

test("kill -9 in the middle of an upgrade of 201 deliveries: after a restart every one arrives", async () => {
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
  await expect
    .poll(async () => (await call(second.origin, "GET", page)).body.total, { timeout: 20_000 })
    .toBe(201);
  // At least once: the one under way when the process died may have come twice.
  expect(listener.messages.length).toBeGreaterThanOrEqual(201);
  await listener.close();
}, 60_000);

test("a second mock on the same file is refused while the first one runs", async () => {
  const first = await createMock({ store: file });
  await expect(createMock({ store: file })).rejects.toThrow(/is in use by another mock/);
  await first.close();
  await (await createMock({ store: file })).close();
});

test("tokens issued under a clock that was ahead do not outlive a restart", async () => {
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

  test("a folder that is not there", async () => {
    await expect(createMock({ store: join(folder, "none", "store.db") })).rejects.toThrow(/cannot be made/);
  });
});
