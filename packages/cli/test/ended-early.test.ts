import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createHome, credentials, readControl, runCommand, sendControl, useMock } from "./command.ts";

const mock = useMock();
const accounts = ["0242078712-00001", "0242078712-00002", "0242078712-00003"] as const;

beforeEach(() => sendControl(mock.origin, "DELETE", "state"));

const addFault = (fault: object) => sendControl(mock.origin, "POST", "faults", fault);

/** From this response on, the service takes neither the session nor another login. */
async function rejectFrom(refused: object): Promise<void> {
  await addFault({ operationId: "logIn", sequence: [{}, { status: 401 }] });
  await addFault(refused);
}

const callbacks = (...args: string[]) =>
  runCommand(["callbacks", ...args, "--origin", mock.origin], { env: credentials });

const summarize = (results: { account: string; ok: boolean; error?: { code: string } }[]) =>
  results.map(({ account, ok, error }) => [account, ok, error?.code]);

describe("credentials that are rejected at the second of three accounts", () => {
  const register = ["register", ...accounts, "--api", "v2", "--url", "https://a.example/fota"];
  const listSecond = {
    api: "v2",
    operationId: "listRegisteredCallbacks",
    account: accounts[1],
    sequence: [{ status: 401 }],
  };
  const expected = [
    [accounts[0], true, undefined],
    [accounts[1], false, "CREDENTIALS_REJECTED"],
    [accounts[2], false, "NOT_TRIED"],
  ];

  test("callbacks register --json prints what was done until then, and exits with 3", async () => {
    await rejectFrom(listSecond);
    const { exitCode, data, error } = await callbacks(...register, "--json");
    expect({ exitCode, code: error.code }).toEqual({ exitCode: 3, code: "CREDENTIALS_REJECTED" });
    expect(summarize(data.accounts)).toEqual(expected);
    expect(data.accounts[0].after).toMatchObject([{ url: "https://a.example/fota" }]);
    expect((await readControl(mock.origin, "state")).registrations).toHaveLength(1);
  });

  test("callbacks register says how many accounts were not tried", async () => {
    await rejectFrom(listSecond);
    expect((await callbacks(...register)).output).toContain("2 of 3 accounts failed, 1 of them not tried.");
  });

  test.each([{ to: "standard output" }, { to: "a file" }])(
    "callbacks audit writes a row for every account to $to, and exits with 3",
    async ({ to }) => {
      await rejectFrom(listSecond);
      const file = join(createHome(), "audit.csv");
      const out = to === "a file" ? ["--out", file] : [];
      const { exitCode, output } = await callbacks("audit", ...accounts, ...out);
      const csv = to === "a file" ? readFileSync(file, "utf8") : output;
      expect(exitCode).toBe(3);
      expect(csv.trimEnd().split("\r\n").slice(1)).toEqual([
        `${accounts[0]},,,,,`,
        `${accounts[1]},,,,,CREDENTIALS_REJECTED`,
        `${accounts[2]},,,,,NOT_TRIED`,
      ]);
    },
  );
});

test("callbacks register that is interrupted at the first of three accounts completes it, and prints all results", async () => {
  const ending = new AbortController();
  const { fetch } = globalThis;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const response = await fetch(url, init);
    if (init?.method === "POST" && String(url).endsWith(accounts[0])) ending.abort("SIGINT");
    return response;
  });
  const { exitCode, data, error } = await runCommand(
    ["callbacks", "register", ...accounts, "--api", "v2", "--url", "https://a.example/fota", "--json"].concat(
      ["--origin", mock.origin],
    ),
    { watchEnd: () => ending.signal },
  );
  vi.restoreAllMocks();
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 1, code: "INTERRUPTED" });
  expect(summarize(data.accounts)).toEqual([
    [accounts[0], true, undefined],
    [accounts[1], false, "NOT_TRIED"],
    [accounts[2], false, "NOT_TRIED"],
  ]);
});

test("callbacks audit --json prints the results although --out cannot be written", async () => {
  const { exitCode, data, error } = await callbacks("audit", accounts[0], "--json", "--out", createHome());
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "FILE_UNWRITABLE" });
  expect(data.accounts).toHaveLength(1);
});

test("run prints and writes what was played until the credentials were rejected, and exits with 3", async () => {
  const files = ["first", "second", "third"].map((name) => join(createHome(), `${name}.yaml`));
  const list = `  - list: { api: v2, account: ${accounts[0]} }\n`;
  const fault = `  - fault: { operationId: logIn, status: 401 }
  - fault: { operationId: listRegisteredCallbacks, api: v2, sequence: [{ status: 401 }] }\n`;
  for (const [index, file] of files.entries())
    writeFileSync(file, `steps:\n${list}${index === 1 ? fault : ""}${list}${list}`);
  const junit = join(createHome(), "report.xml");
  const { exitCode, data, error } = await runCommand(
    ["run", ...files, "--origin", mock.origin, "--json", "--junit", junit],
    { env: credentials },
  );
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 3, code: "CREDENTIALS_REJECTED" });
  const outcomes = data.scenarios.map(({ ok, steps }: { ok: boolean; steps: { outcome: string }[] }) => [
    ok,
    ...steps.map(({ outcome }) => outcome),
  ]);
  expect(outcomes).toEqual([
    [true, "passed", "passed", "passed"],
    [false, "passed", "passed", "passed", "failed", "skipped"],
    [false, "skipped", "skipped", "skipped"],
  ]);
  expect(readFileSync(junit, "utf8").match(/<testsuite /g)).toHaveLength(3);
});

test.each([
  { command: "run", args: () => ["happy-upgrade", "--origin", mock.origin], member: "scenarios" },
  { command: "check-listener", args: () => [`${mock.origin}/none`, "--api", "v2"], member: "cases" },
])("$command --json prints the results although --junit cannot be written", async (one) => {
  const all = [one.command, ...one.args(), "--json", "--junit", createHome()];
  const { exitCode, data, error } = await runCommand(all);
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "FILE_UNWRITABLE" });
  expect(data[one.member].length).toBeGreaterThan(0);
});

describe("a service that fails after a change", () => {
  const [account] = accounts;
  const url = "https://a.example/fota";
  const list = { api: "v2", operationId: "listRegisteredCallbacks", account };

  test.each([
    { command: "register", args: ["--url", "https://new.example/fota"], now: ["https://new.example/fota"] },
    { command: "deregister", args: [], now: [] },
  ])("callbacks $command does not claim what is registered when it cannot be listed", async (one) => {
    await callbacks("register", account, "--api", "v2", "--url", url);
    await addFault({ ...list, sequence: [{}, { status: 403 }] });
    const { exitCode, data } = await callbacks(one.command, account, "--api", "v2", ...one.args, "--json");
    expect(exitCode).toBe(3);
    const [result] = data.accounts;
    expect(result).toMatchObject({ ok: false, before: [{ api: "v2", url }] });
    expect(result).not.toHaveProperty("after");
    expect(result.error.message).toMatch(/^The change was made, /);
    const { registrations } = await readControl(mock.origin, "state");
    expect(registrations.map((one: { url: string }) => one.url)).toEqual(one.now);
  });

  test("callbacks register that is refused keeps what was registered before", async () => {
    await callbacks("register", account, "--api", "v2", "--url", url);
    const { data } = await callbacks(
      "register",
      account,
      "--api",
      "v2",
      "--url",
      "ftp://a.example",
      "--json",
    );
    expect(data.accounts).toMatchObject([{ ok: false, before: [{ url }] }]);
    expect(data.accounts[0]).not.toHaveProperty("after");
  });

  test("callbacks list of an account that fails does not claim that nothing is registered", async () => {
    await addFault({ ...list, status: 403 });
    const { data } = await callbacks("list", account, "--json");
    expect(data.accounts[0]).not.toHaveProperty("after");
  });

  test("callbacks move names its steps although the network is gone after it", async () => {
    await callbacks("register", account, "--api", "v1", "--url", url);
    await addFault({ api: "v1", operationId: "deregisterCallback", account, drop: true });
    const gone = Array(20).fill({ drop: true });
    await addFault({ ...list, api: "v1", sequence: [{}, {}, ...gone] });
    const { exitCode, data } = await callbacks("move", account, "--from", "v1", "--to", "v2", "--json");
    expect(exitCode).toBe(4);
    const [result] = data.accounts;
    expect(result.before).toMatchObject([{ api: "v1", url }]);
    expect(result).not.toHaveProperty("after");
    expect(result.error.message).toContain("register v2, remove v1 (failed)");
  });
});
