import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createHome, readControl, runCommand, useMock } from "./command.ts";

const mock = useMock({ auth: "strict", config: new URL("users.yaml", import.meta.url).pathname });
const right = {
  THINGSPACE_KEY: "example-key",
  THINGSPACE_SECRET: "example-secret",
  THINGSPACE_USERNAME: "example-user",
  THINGSPACE_PASSWORD: "example-password",
};

test("login saves a profile that only its owner can read, and the next command uses it until logout", async () => {
  const THINGSPACE_CALLBACKS_HOME = createHome();
  const home = { THINGSPACE_CALLBACKS_HOME };
  const login = await runCommand(["login", "lab", "--origin", mock.origin, "--json"], {
    env: { ...home, ...right },
  });
  expect(login).toMatchObject({ exitCode: 0, data: { profile: "lab", origin: mock.origin } });
  expect(statSync(join(THINGSPACE_CALLBACKS_HOME, "config.json")).mode & 0o077).toBe(0);

  const listed = await runCommand(["callbacks", "list", "0242078689-00001"], { env: home });
  expect(listed.exitCode).toBe(0);

  const whoami = await runCommand(["whoami", "--json"], { env: home });
  expect(whoami.data).toMatchObject({ profile: "lab", username: "example-user" });
  expect(whoami.output + login.output).not.toMatch(/example-(secret|password)/);

  expect((await runCommand(["logout"], { env: home })).exitCode).toBe(0);
  expect(readFileSync(join(THINGSPACE_CALLBACKS_HOME, "config.json"), "utf8")).not.toContain("example-");
  expect((await runCommand(["logout", "--json"], { env: home })).error.code).toBe("UNKNOWN_PROFILE");
});

test("login saves the profile that THINGSPACE_PROFILE names already, and takes no other unknown one", async () => {
  const env = { ...right, THINGSPACE_PROFILE: "lab" };
  const logIn = (name: string) => runCommand(["login", name, "--origin", mock.origin, "--json"], { env });
  expect(await logIn("lab")).toMatchObject({ exitCode: 0, data: { profile: "lab" } });
  expect(await logIn("other")).toMatchObject({ exitCode: 2, error: { code: "UNKNOWN_PROFILE" } });
});

test("login asks on a terminal, and hides what is secret", async () => {
  const answers = { "key: ": "example-key", "secret: ": "example-secret", "username: ": "example-user" };
  const asked: [string, boolean][] = [];
  const { exitCode } = await runCommand(["login", "--origin", mock.origin], {
    isTerminal: true,
    env: { THINGSPACE_PASSWORD: "example-password" },
    ask: async (question, isSecret) => {
      asked.push([question, isSecret]);
      return answers[question as keyof typeof answers];
    },
  });
  expect(exitCode).toBe(0);
  expect(asked).toEqual([
    ["key: ", false],
    ["secret: ", true],
    ["username: ", false],
  ]);
});

test("login without a terminal and variables exits with 2 and sends nothing", async () => {
  const { exitCode, error } = await runCommand(["login", "--origin", mock.origin, "--json"]);
  expect({ exitCode, remedy: error.remedy }).toEqual({
    exitCode: 2,
    remedy: expect.stringContaining("THINGSPACE_KEY"),
  });
});

test("login sends rejected credentials once and saves nothing", async () => {
  const env = { THINGSPACE_CALLBACKS_HOME: createHome(), ...right, THINGSPACE_PASSWORD: "wrong" };
  const before = (await readControl(mock.origin, "requests?operationId=logIn")).total;
  const { exitCode } = await runCommand(["login", "--origin", mock.origin, "--json"], { env });
  expect(exitCode).toBe(3);
  expect((await readControl(mock.origin, "requests?operationId=logIn")).total).toBe(before + 1);
  const whoami = await runCommand(["whoami", "--json"], {
    env: { THINGSPACE_CALLBACKS_HOME: env.THINGSPACE_CALLBACKS_HOME },
  });
  expect(whoami.data.profile).toBeUndefined();
});

test.each([
  { wrong: "THINGSPACE_SECRET", locks: false },
  { wrong: "THINGSPACE_PASSWORD", locks: true },
])("A wrong $wrong is named in the remedy, and whether it can lock the user", async ({ wrong, locks }) => {
  const env = { ...right, [wrong]: "wrong" };
  const { error } = await runCommand(["login", "--origin", mock.origin, "--json"], { env });
  expect(error.remedy + error.message).toContain(wrong);
  expect(error.message.includes("lock")).toBe(locks);
});

test("whoami without anything shows the mock of the documents", async () => {
  const { exitCode, data } = await runCommand(["whoami", "--json"]);
  expect({ exitCode, environment: data.environment }).toEqual({ exitCode: 0, environment: "mock" });
});

test("whoami does not say that every mock accepts a call without credentials", async () => {
  const { output } = await runCommand(["whoami", "--origin", mock.origin]);
  expect(output).toMatch(/^credentials .*--auth strict/m);
});

test("A mock does not get the credentials of a profile for production", async () => {
  const THINGSPACE_CALLBACKS_HOME = createHome();
  const credentials = { key: "k", secret: "s", username: "real-user", password: "p" };
  const file = { current: "live", profiles: { live: { environment: "production", credentials } } };
  writeFileSync(join(THINGSPACE_CALLBACKS_HOME, "config.json"), JSON.stringify(file), { mode: 0o600 });
  const ask = (...more: string[]) =>
    runCommand(["whoami", "--json", ...more], { env: { THINGSPACE_CALLBACKS_HOME } });
  expect((await ask()).data).toMatchObject({ environment: "production", username: "real-user" });
  const { data } = await ask("--environment", "mock");
  expect(data).toMatchObject({ environment: "mock", credentials: [] });
});
