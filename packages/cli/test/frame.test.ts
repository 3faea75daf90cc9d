import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createProgram } from "../src/program.ts";
import { createHome, readControl, runCommand, useMock } from "./command.ts";

const strict = useMock({ auth: "strict", config: new URL("users.yaml", import.meta.url).pathname });
const account = "0242078689-00001";
const list = ["callbacks", "list", account, "--json"];

test("The help of the program names every command and exits with 0", async () => {
  const { exitCode, output } = await runCommand(["--help"]);
  expect(exitCode).toBe(0);
  for (const name of [
    "callbacks",
    "check-listener",
    "trigger",
    "listen",
    "login",
    "logout",
    "whoami",
    "run",
    "doctor",
    "record",
    "mock",
    "completion",
  ])
    expect(output).toContain(`  ${name}`);
});

const io = { ...process, writeOutput: () => {}, writeError: () => {} } as never;
const leaves = createProgram({ io, args: [], exitCode: 0 }).commands.flatMap((command) =>
  command.commands.length > 0 && command.name() !== "record"
    ? command.commands.map((inner) => [command.name(), inner.name()])
    : [[command.name()], ...command.commands.map((inner) => [command.name(), inner.name()])],
);

const serviceOptions = ["--profile", "--environment", "--origin", "--allow-http", "--space"];
const withoutService = ["check-listener", "record report", "logout"];
const withoutOptions = ["mock", "completion", "complete"];

test.each(leaves.map((path) => ({ name: path.join(" "), path })))(
  "The help of $name has examples, and the options of the program that it uses",
  async ({ name, path }) => {
    const { exitCode, output } = await runCommand([...path, "--help"]);
    expect(exitCode).toBe(0);
    expect(output).toContain(`Examples:\n  thingspace-callbacks ${name}`);
    const expected = withoutOptions.includes(name)
      ? []
      : ["--json", ...(withoutService.includes(name) ? [] : serviceOptions)];
    const shown = ["--json", ...serviceOptions].filter((option) => output.includes(`  ${option}`));
    expect(shown.sort()).toEqual(expected.sort());
  },
);

test.each([
  { args: ["record", "report", "messages.jsonl", "--api", "v2"], option: "--api" },
  { args: ["record", "--no-register", "report", "messages.jsonl"], option: "--no-register" },
  { args: ["record", "report", "messages.jsonl", "--origin", "http://127.0.0.1:1"], option: "--origin" },
  { args: ["logout", "--profile", "lab"], option: "--profile" },
  {
    args: ["check-listener", "http://127.0.0.1:1", "--api", "v1", "--environment", "production"],
    option: "--environment",
  },
])("$args exits with 2, because $option has no effect there", async ({ args, option }) => {
  const { exitCode, error } = await runCommand([...args, "--json"]);
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "USAGE" });
  expect(error.message).toContain(option);
});

test("No source file has an account of its own, because the documents have one", () => {
  const folder = new URL("../src/", import.meta.url).pathname;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.startsWith("generated"),
  );
  const isComment = (line: string) => line.trimStart().startsWith("*");
  const found = files.filter((name) =>
    readFileSync(join(folder, name), "utf8")
      .split("\n")
      .some((line) => !isComment(line) && /\d{10}-\d{5}/.test(line)),
  );
  expect(found).toEqual([]);
});

test("The help of record report has no option of record", async () => {
  const { output } = await runCommand(["record", "report", "--help"]);
  expect(output).not.toMatch(/--(?:api|account|port|forward-to|public-url|yes|out)\b/);
});

test("The version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect((await runCommand(["--version"])).output.trim()).toBe(version);
});

test.each([
  { name: "an unknown option", args: ["callbacks", "list", account, "--colour"], help: "callbacks list " },
  { name: "an unknown command", args: ["callback"], help: "" },
  {
    name: "a generation that does not exist",
    args: ["callbacks", "list", account, "--api", "v9"],
    help: "callbacks list ",
  },
  { name: "a missing option", args: ["callbacks", "deregister", account], help: "callbacks deregister " },
  { name: "a missing argument", args: ["record", "report"], help: "record report " },
])("$name exits with 2, and names the help of the command", async ({ args, help }) => {
  const { exitCode, error } = await runCommand([...args, "--json"]);
  expect(exitCode).toBe(2);
  expect(error).toMatchObject({ code: "USAGE", remedy: `Run: thingspace-callbacks ${help}--help` });
});

test("A command without its subcommand shows the help and exits with 2", async () => {
  expect((await runCommand(["callbacks"])).exitCode).toBe(2);
});

test("A mock that does not run exits with 4 and names the flag", async () => {
  const { exitCode, data } = await runCommand([...list, "--origin", "http://127.0.0.1:9"]);
  expect(data.accounts[0].error.remedy).toContain("--origin");
  expect(exitCode).toBe(4);
});

const listAll = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

const broken = () => {
  const home = createHome();
  writeFileSync(join(home, "config.json"), "not JSON", { mode: 0o644 });
  return home;
};

test.each(
  [
    {
      command: "check-listener",
      args: ["check-listener", "http://127.0.0.1:9/", "--api", "v2"],
      exitCode: 4,
    },
    { command: "record report", args: ["record", "report", devNull], exitCode: 0 },
    { command: "mock", args: ["mock", "--", "--version"], exitCode: 0 },
  ].flatMap((one) => [
    { ...one, setting: "THINGSPACE_PROFILE", env: { THINGSPACE_PROFILE: "gone" } },
    { ...one, setting: "THINGSPACE_ENVIRONMENT", env: { THINGSPACE_ENVIRONMENT: "x" } },
    { ...one, setting: "THINGSPACE_ORIGIN", env: { THINGSPACE_ORIGIN: "x" } },
    { ...one, setting: "the file of profiles", env: { THINGSPACE_CALLBACKS_HOME: broken() } },
  ]),
)("$command, which uses no service, works although $setting is wrong", async ({ args, exitCode, env }) => {
  const { exitCode: actual, errors } = await runCommand(args, { env });
  expect(actual, errors).toBe(exitCode);
});

test("logout deletes a profile although the current one and the environment are wrong", async () => {
  const home = createHome();
  const file = { current: "gone", profiles: { lab: {} } };
  writeFileSync(join(home, "config.json"), JSON.stringify(file), { mode: 0o600 });
  const env = { THINGSPACE_CALLBACKS_HOME: home, THINGSPACE_ENVIRONMENT: "x" };
  expect((await runCommand(["logout", "lab", "--json"], { env })).data.deleted).toBe(true);
});

describe("credentials", () => {
  test("Production without credentials exits with 2 and sends nothing", async () => {
    const { exitCode, error } = await runCommand([...list, "--environment", "production"]);
    expect(exitCode).toBe(2);
    expect(error.code).toBe("CREDENTIALS_MISSING");
  });

  test("A pair of which one half is missing exits with 2 and names the variable", async () => {
    const { exitCode, error } = await runCommand(list, { env: { THINGSPACE_KEY: "k" } });
    expect(exitCode).toBe(2);
    expect(error.remedy).toContain("THINGSPACE_SECRET");
  });

  test.each([
    {
      given: { THINGSPACE_KEY: "k", THINGSPACE_SECRET: "s" },
      missing: "THINGSPACE_USERNAME",
    },
    { given: { THINGSPACE_SESSION_TOKEN: "t" }, missing: "THINGSPACE_ACCESS_TOKEN" },
  ])("Credentials for one token exit with 2 and name $missing", async ({ given, missing }) => {
    const { exitCode, data } = await runCommand(["whoami", "--json"], { env: given });
    expect({ exitCode, names: data.credentials.length }).toEqual({
      exitCode: 0,
      names: Object.keys(given).length,
    });
    const { exitCode: refused, error } = await runCommand(list, { env: given });
    expect({ refused, code: error.code }).toEqual({ refused: 2, code: "INCOMPLETE_CREDENTIALS" });
    expect(error.remedy).toContain(missing);
  });

  test("A profile that others can read exits with 2 and says how to protect it", async () => {
    const home = createHome();
    const path = join(home, "config.json");
    writeFileSync(path, "{}");
    chmodSync(path, 0o644);
    const { exitCode, error } = await runCommand(list, { env: { THINGSPACE_CALLBACKS_HOME: home } });
    expect(exitCode).toBe(2);
    expect(error).toMatchObject({ code: "FILE_NOT_PRIVATE", remedy: `Run: chmod 600 ${path}` });
  });

  test("An unknown profile exits with 2 and names those that exist", async () => {
    const home = createHome();
    writeFileSync(join(home, "config.json"), '{"profiles":{"lab":{}}}', { mode: 0o600 });
    const { exitCode, error } = await runCommand([...list, "--profile", "field"], {
      env: { THINGSPACE_CALLBACKS_HOME: home },
    });
    expect(exitCode).toBe(2);
    expect(error.remedy).toContain("lab");
  });

  test("The credentials and the origin of the current profile are used", async () => {
    const home = createHome();
    const credentials = {
      key: "example-key",
      secret: "example-secret",
      username: "example-user",
      password: "example-password",
    };
    const profiles = { lab: { environment: "mock", origin: strict.origin, credentials } };
    writeFileSync(join(home, "config.json"), JSON.stringify({ current: "lab", profiles }), { mode: 0o600 });
    const { exitCode, data } = await runCommand(list, { env: { THINGSPACE_CALLBACKS_HOME: home } });
    expect({ exitCode, origin: data.origin }).toEqual({ exitCode: 0, origin: strict.origin });
  });

  test("Tokens that the service refuses exit with 3", async () => {
    const env = { THINGSPACE_ACCESS_TOKEN: "wrong", THINGSPACE_SESSION_TOKEN: "wrong" };
    const { exitCode, data } = await runCommand([...list, "--origin", strict.origin], { env });
    expect(exitCode).toBe(3);
    expect(data.accounts[0].error.code).not.toBe("CREDENTIALS_MISSING");
  });

  test.each([
    { command: "callbacks list", args: list },
    {
      command: "callbacks move",
      args: ["callbacks", "move", account, "--from", "v1", "--to", "v2", "--json"],
    },
    { command: "listen", args: ["listen", "--json"] },
    { command: "run", args: ["run", "happy-upgrade", "--json"] },
  ])(
    "$command without credentials at a mock that needs them exits with 3 and names the variables",
    async ({ args }) => {
      const home = createHome();
      const { exitCode, output, errors } = await runCommand([...args, "--origin", strict.origin], {
        env: { THINGSPACE_CALLBACKS_HOME: home },
      });
      expect(exitCode).toBe(3);
      expect(output + errors).toContain('"code":"CREDENTIALS_MISSING"');
      expect(output + errors).toContain("THINGSPACE_KEY");
      // Invented credentials are not remembered, and nothing is left to restore.
      expect(listAll(home)).toEqual([]);
    },
  );
});

describe("an error about a setting", () => {
  const profile = (settings: object) => {
    const home = createHome();
    const file = { current: "lab", profiles: { lab: settings } };
    writeFileSync(join(home, "config.json"), JSON.stringify(file), { mode: 0o600 });
    return { THINGSPACE_CALLBACKS_HOME: home };
  };

  test.each([
    { name: "--origin", args: ["--origin", "xx"], env: {} },
    { name: "THINGSPACE_ORIGIN", args: [], env: { THINGSPACE_ORIGIN: "xx" } },
    { name: 'origin of the profile "lab"', args: [], env: profile({ origin: "xx" }) },
  ])("An origin that is not a URL exits with 2 and names $name", async ({ name, args, env }) => {
    const { exitCode, error } = await runCommand([...list, ...args], { env });
    expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "INVALID_ORIGIN" });
    expect(error.message).toContain(`${name}:`);
  });

  test.each([
    { name: "THINGSPACE_ENVIRONMENT", env: { THINGSPACE_ENVIRONMENT: "xx" } },
    { name: 'environment of the profile "lab"', env: profile({ environment: "xx" }) },
  ])("An environment that does not exist exits with 2 and names $name", async ({ name, env }) => {
    const { exitCode, error } = await runCommand(list, { env });
    expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "INVALID_ENVIRONMENT" });
    expect(error.message).toContain(`${name}:`);
  });

  const plain = "http://example.com";
  test.each([
    { name: "--origin", args: ["--origin", plain], env: {} },
    { name: "THINGSPACE_ORIGIN", args: [], env: { THINGSPACE_ORIGIN: plain } },
  ])("A plain http origin exits with 2, and names $name and --allow-http", async ({ name, args, env }) => {
    const { exitCode, error } = await runCommand([...list, ...args], { env });
    expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "PLAIN_HTTP" });
    expect(error.message).toContain(`${name}:`);
    expect(error.remedy).toContain("--allow-http");
  });

  test("A token that no header can have exits with 2 and names its variable", async () => {
    const env = { THINGSPACE_ACCESS_TOKEN: "a\nb", THINGSPACE_SESSION_TOKEN: "c" };
    const { exitCode, error } = await runCommand(list, { env });
    expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "INVALID_OPTION" });
    expect(error.message).toMatch(/^THINGSPACE_ACCESS_TOKEN /);
  });

  test.each([
    { name: "read", args: ["whoami", "--json"], code: "FILE_UNREADABLE" },
    { name: "written", args: ["listen", "--json"], code: "FILE_UNWRITABLE" },
  ])(
    "A folder of settings that cannot be $name exits with 2 and names its variable",
    async ({ args, code }) => {
      const home = createHome();
      writeFileSync(join(home, code === "FILE_UNREADABLE" ? "home" : "listen"), "");
      const THINGSPACE_CALLBACKS_HOME = code === "FILE_UNREADABLE" ? join(home, "home") : home;
      const { exitCode, error } = await runCommand([...args, "--origin", strict.origin], {
        env: { THINGSPACE_CALLBACKS_HOME },
      });
      expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code });
      expect(error.remedy).toContain("THINGSPACE_CALLBACKS_HOME");
    },
  );
});

describe("rejected credentials", () => {
  const rejecting = useMock({ auth: "strict", config: new URL("users.yaml", import.meta.url).pathname });

  test("They exit with 3, are not sent again by the next command, and are in no file or output", async () => {
    const home = createHome();
    const env = {
      THINGSPACE_CALLBACKS_HOME: home,
      THINGSPACE_KEY: "example-key",
      THINGSPACE_SECRET: "example-secret",
      THINGSPACE_USERNAME: "example-user",
      THINGSPACE_PASSWORD: "quite-a-wrong-password",
    };
    const command = [...list, "--origin", rejecting.origin];
    const first = await runCommand(command, { env });
    expect(first).toMatchObject({ exitCode: 3, error: { code: "CREDENTIALS_REJECTED" } });
    const second = await runCommand(command, { env });
    expect(second).toMatchObject({ exitCode: 3, error: { code: "CREDENTIALS_REJECTED_BEFORE" } });
    const requests = await readControl(rejecting.origin, "requests?operationId=logIn");
    expect(requests.total).toBe(1);

    const files = readdirSync(home).map((name) => join(home, name));
    const written = [first.errors, second.errors, ...files.map((file) => readFileSync(file, "utf8"))].join();
    expect(written).not.toContain("quite-a-wrong-password");
    for (const file of files) expect(statSync(file).mode & 0o077).toBe(0);

    const corrected = await runCommand(command, { env: { ...env, THINGSPACE_PASSWORD: "example-password" } });
    expect(corrected.exitCode).toBe(0);
  });
});

describe("colours", () => {
  test.each([
    { name: "a terminal", isTerminal: true, env: {}, hasColor: true },
    { name: "a terminal with NO_COLOR", isTerminal: true, env: { NO_COLOR: "1" }, hasColor: false },
    { name: "a pipe", isTerminal: false, env: {}, hasColor: false },
  ])("$name gets colours: $hasColor", async ({ isTerminal, env, hasColor }) => {
    const { errors } = await runCommand(["callbacks", "list"], { isTerminal, env });
    expect(errors.includes("\u001b[31m")).toBe(hasColor);
  });
});
