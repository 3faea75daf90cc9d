import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generations } from "../src/generated/facts.ts";
import { listApis } from "../src/service/registrations.ts";
import { createHome, readControl, runCommand, useMock } from "./command.ts";

const mock = useMock();

const callbacks = (...args: string[]) =>
  runCommand(["callbacks", ...args, "--origin", mock.origin, "--json"]);

test.each(listApis().map((api, index) => ({ api, account: `024207868${index}-00001` })))(
  "register, list and deregister of $api show the registration before and after",
  async ({ api, account }) => {
    const url = `https://example.com/${api}`;
    const registered = await callbacks("register", account, "--api", api, "--url", url);
    expect(registered.exitCode).toBe(0);
    expect(registered.data.accounts).toMatchObject([
      { account, ok: true, before: [], after: [{ api, url }] },
    ]);

    const listed = await callbacks("list", account);
    expect(listed.data.accounts[0].after).toContainEqual(expect.objectContaining({ api, url }));

    const removed = await callbacks("deregister", account, "--api", api);
    expect(removed.data.accounts).toMatchObject([{ before: [{ api, url }], after: [] }]);
  },
);

test.each(
  listApis()
    .filter((api) => generations[api].operations.update)
    .map((api) => ({ api })),
)("update of $api replaces the URL", async ({ api }) => {
  const account = "0242078680-00002";
  await callbacks("register", account, "--api", api, "--url", "https://example.com/old");
  const { data } = await callbacks("update", account, "--api", api, "--url", "https://example.com/new");
  expect(data.accounts).toMatchObject([
    { before: [{ url: "https://example.com/old" }], after: [{ url: "https://example.com/new" }] },
  ]);
});

test.each(
  listApis()
    .filter((api) => !generations[api].operations.update)
    .map((api) => ({ api })),
)("update of $api, which has no such operation, exits with 2", async ({ api }) => {
  const { exitCode, error } = await callbacks(
    "update",
    "0242078680-00001",
    "--api",
    api,
    "--url",
    "https://a.example",
  );
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "NO_SUCH_OPERATION" });
});

test.each([
  { command: "register", more: ["--api", "v2", "--url", "https://example.com/new"] },
  { command: "update", more: ["--api", "v2", "--url", "https://example.com/new"] },
  { command: "deregister", more: ["--api", "v2"] },
  { command: "move", more: ["--from", "v2", "--to", "v3"] },
])("$command with --dry-run changes nothing", async ({ command, more }) => {
  const account = "0242078690-00001";
  await callbacks("register", account, "--api", "v2", "--url", "https://example.com/old");
  const { exitCode, data } = await callbacks(command, account, ...more, "--dry-run");
  expect(exitCode).toBe(0);
  expect(data).toMatchObject({ dryRun: true, accounts: [{ before: [{ api: "v2" }] }] });
  const { data: listed } = await callbacks("list", account);
  expect(listed.accounts[0].after).toEqual([{ api: "v2", url: "https://example.com/old" }]);
});

interface DryRunCase {
  name: string;
  registered: Record<string, string>;
  args: string[];
  exitCode: number;
  code: string | undefined;
}

const https = "https://example.com/fota";
const http = "http://example.com/fota";
const moveToV3 = ["move", "--from", "v1", "--to", "v3"];

test.each<DryRunCase>([
  {
    name: "move to a generation with another URL",
    registered: { v1: https, v3: "https://example.com/other" },
    args: moveToV3,
    exitCode: 1,
    code: "OTHER_URL_REGISTERED",
  },
  {
    name: "move to a generation with the same URL",
    registered: { v1: https, v3: https },
    args: moveToV3,
    exitCode: 0,
    code: undefined,
  },
  { name: "move of nothing", registered: {}, args: moveToV3, exitCode: 1, code: "NOTHING_REGISTERED" },
  {
    name: "move back of nothing",
    registered: { v1: https },
    args: ["move", "--from", "v3", "--to", "v1"],
    exitCode: 1,
    code: "NOTHING_REGISTERED",
  },
  {
    name: "move of an http URL to a generation that needs https",
    registered: { v1: http },
    args: moveToV3,
    exitCode: 3,
    code: "INVALID_PARAMETER",
  },
  {
    name: "move of a URL of this machine",
    registered: { v1: "http://127.0.0.1:8080/fota" },
    args: moveToV3,
    exitCode: 0,
    code: undefined,
  },
  {
    name: "move to a generation with a service name",
    registered: { v3: https },
    args: ["move", "--from", "v3", "--to", "v1"],
    exitCode: 0,
    code: undefined,
  },
  {
    name: "deregister of nothing",
    registered: {},
    args: ["deregister", "--api", "v3"],
    exitCode: 3,
    code: "CALLBACK_NOT_REGISTERED",
  },
  ...["register", "update"].flatMap((command) =>
    [http, "https://example.com/|", "https://example.com:99999/", "example.com"].map((url) => ({
      name: `${command} of ${url}`,
      registered: {},
      args: [command, "--api", "v3", "--url", url],
      exitCode: 3,
      code: "INVALID_PARAMETER",
    })),
  ),
  {
    name: "register of a URL with another port",
    registered: { v1: https },
    args: ["register", "--api", "v1", "--url", `${http}:8080`],
    exitCode: 0,
    code: undefined,
  },
])("$name has the same outcome with --dry-run", async ({ registered, args, exitCode, code }) => {
  await fetch(`${mock.origin}/mock/state`, { method: "DELETE" });
  const account = "0242078691-00001";
  for (const [api, url] of Object.entries(registered))
    await callbacks("register", account, "--api", api, "--url", url);
  const [command = "", ...more] = args;
  const dry = await callbacks(command, account, ...more, "--dry-run");
  const real = await callbacks(command, account, ...more);
  const [foreseen] = dry.data.accounts;
  const [done] = real.data.accounts;
  expect({ dry: dry.exitCode, real: real.exitCode }).toEqual({ dry: exitCode, real: exitCode });
  expect({ dry: foreseen.error?.code, real: done.error?.code }).toEqual({ dry: code, real: code });
  if (code === undefined) expect(foreseen.after).toEqual(done.after);
});

test("A refusal that --dry-run foresees has the sentence of the service", async () => {
  await fetch(`${mock.origin}/mock/state`, { method: "DELETE" });
  for (const args of [
    ["register", "0242078692-00001", "--api", "v3", "--url", http],
    ["deregister", "0242078692-00001", "--api", "v3"],
  ]) {
    const foreseen = (await callbacks(...args, "--dry-run")).data.accounts[0].error;
    expect((await callbacks(...args)).data.accounts[0].error.message).toContain(foreseen.message);
  }
});

test("move registers in the other generation and removes the first", async () => {
  const account = "0242078700-00001";
  await callbacks("register", account, "--api", "v1", "--url", "https://example.com/fota");
  const { exitCode, data } = await callbacks("move", account, "--from", "v1", "--to", "v2");
  expect(exitCode).toBe(0);
  expect(data.accounts).toMatchObject([{ before: [{ api: "v1" }], after: [{ api: "v2" }] }]);
});

test("move between generations that share a registration exits with 2", async () => {
  const { exitCode, error } = await callbacks("move", "0242078700-00001", "--from", "v1", "--to", "legacy");
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "SAME_REGISTRATION" });
});

test("move of an account without a registration says so", async () => {
  const { exitCode, data } = await callbacks("move", "0242078701-00001", "--from", "v1", "--to", "v2");
  expect({ exitCode, code: data.accounts[0].error.code }).toEqual({
    exitCode: 1,
    code: "NOTHING_REGISTERED",
  });
});

test("A URL that the service refuses exits with 3 and leaves the registration", async () => {
  const { exitCode, data } = await callbacks(
    "register",
    "0242078702-00001",
    "--api",
    "v2",
    "--url",
    "ftp://a.example",
  );
  expect(exitCode).toBe(3);
  expect(data.accounts[0]).toMatchObject({ ok: false, error: { code: "INVALID_PARAMETER" } });
});

test("A file of accounts is worked through although one of them fails", async () => {
  const file = join(createHome(), "accounts.txt");
  writeFileSync(file, "# ours\n0242078703-00001\n\n../bad # wrong\n0242078704-00001\n0242078703-00001\n");
  const { exitCode, data } = await callbacks(
    "register",
    "--accounts",
    file,
    "--api",
    "v1",
    "--url",
    "https://a.example",
  );
  expect(exitCode).toBe(1);
  expect(data.accounts.map(({ account, ok }: { account: string; ok: boolean }) => [account, ok])).toEqual([
    ["0242078703-00001", true],
    ["../bad", false],
    ["0242078704-00001", true],
  ]);
});

test("Accounts can come from standard input", async () => {
  const { exitCode, data } = await runCommand(
    ["callbacks", "list", "--accounts", "-", "--origin", mock.origin, "--json"],
    { readInput: async () => "0242078705-00001\r\n" },
  );
  expect({ exitCode, accounts: data.accounts.length }).toEqual({ exitCode: 0, accounts: 1 });
});

test("No account exits with 2 and names the flag", async () => {
  const { exitCode, error } = await callbacks("list");
  expect({ exitCode, remedy: error.remedy }).toEqual({
    exitCode: 2,
    remedy: expect.stringContaining("--accounts"),
  });
});

test("The password of a registration comes from the environment and is in no output", async () => {
  const args = [
    "register",
    "0242078706-00001",
    "--api",
    "v1",
    "--url",
    "https://a.example",
    "--username",
    "me",
  ];
  const without = await callbacks(...args);
  expect({ exitCode: without.exitCode, code: without.error.code }).toEqual({
    exitCode: 2,
    code: "INCOMPLETE_LOGIN",
  });
  const env = { THINGSPACE_CALLBACK_PASSWORD: "a-secret-password" };
  const { exitCode, output, errors } = await runCommand(["callbacks", ...args, "--origin", mock.origin], {
    env,
  });
  expect(exitCode).toBe(0);
  expect(output + errors).not.toContain("a-secret-password");
  const state = await readControl(mock.origin, "state");
  expect(state.registrations).toContainEqual(
    expect.objectContaining({ account: "0242078706-00001", username: "me" }),
  );
});

test("A username for a generation whose messages have none exits with 2", async () => {
  const { exitCode, error } = await callbacks(
    ...["register", "0242078707-00001", "--api", "v2", "--url", "https://a.example", "--username", "me"],
  );
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "NO_LOGIN" });
});

test("The spaces of a mock are separate", async () => {
  const account = "0242078708-00001";
  await callbacks("register", account, "--api", "v2", "--url", "https://a.example", "--space", "team-a");
  expect((await callbacks("list", account)).data.accounts[0].after).toEqual([]);
  expect((await callbacks("list", account, "--space", "team-a")).data.accounts[0].after).toHaveLength(1);
});

test("The readable output shows the registration before and after", async () => {
  const { output } = await runCommand([
    ...["callbacks", "register", "0242078709-00001", "--api", "v2", "--url", "https://a.example"],
    ...["--origin", mock.origin],
  ]);
  expect(output).toMatchInlineSnapshot(`
    "0242078709-00001
      before  nothing is registered
      after   v2      https://a.example
    "
  `);
});
