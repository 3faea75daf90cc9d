import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { createHome, readControl, runCommand, sendControl, useMock } from "./command.ts";

const mock = useMock();
const accounts = ["0242078712-00001", "0242078712-00002", "0242078712-00003"] as const;
const credentials = {
  THINGSPACE_KEY: "key",
  THINGSPACE_SECRET: "secret",
  THINGSPACE_USERNAME: "user",
  THINGSPACE_PASSWORD: "password",
};

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

test("callbacks audit --json prints the results although --out cannot be written", async () => {
  const { exitCode, data, error } = await callbacks("audit", accounts[0], "--json", "--out", createHome());
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "FILE_UNWRITABLE" });
  expect(data.accounts).toHaveLength(1);
});
