import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { apis, generations, getByRole, getGeneration } from "@thingspace-callbacks/contract";
import type { MockOptions } from "@thingspace-callbacks/mock";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { exampleCall, operations } from "./call.ts";
import { startInstance, startInstances } from "./instances.ts";

const spec = fileURLToPath(new URL("../../../spec/", import.meta.url));
const redocly = fileURLToPath(new URL("bin/cli.js", import.meta.resolve("@redocly/cli/package.json")));
const names = generations.map(({ name }) => name);

const secrets = {
  secret: "the application's secret",
  password: "the user's password",
  listenerPassword: "echo",
};
const folder = mkdtempSync(join(tmpdir(), "workflows-"));
const config = join(folder, "config.yaml");
writeFileSync(
  config,
  JSON.stringify({
    applications: [{ key: "key", secret: secrets.secret }],
    users: [{ username: "user", password: secrets.password, accounts: ["*"] }],
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs workflows one after the other against instances of their own, with one `redocly respect`: its start takes a second. */
async function respect(
  generations: string[],
  options: MockOptions,
  start: typeof startInstance = startInstance,
): Promise<{ code: number; stdout: string }> {
  const { origin, close } = await start(options);
  try {
    const [api = ""] = generations;
    const { account } = exampleCall(api, getByRole(getGeneration(api), "list")).parameters;
    const input = {
      key: "key",
      username: "user",
      ...secrets,
      account,
      url: "https://example.com/fota",
      newUrl: "https://example.com/moved",
    };
    const env = {
      ...process.env,
      REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
      REDOCLY_CLI_RESPECT_INPUT: JSON.stringify(input),
      REDOCLY_CLI_RESPECT_SERVER: apis.map(({ name, base }) => `${name}=${origin}${base}`).join(),
    };
    const args = [redocly, "respect", ...generations.map((api) => `workflows/${api}.arazzo.yaml`)];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: spec, env });
    return { code: 0, stdout };
  } catch (error) {
    return error as { code: number; stdout: string };
  } finally {
    await close();
  }
}

test("Every generation has a workflow", () => {
  const files = readdirSync(join(spec, "workflows")).filter((file) => file.endsWith(".arazzo.yaml"));
  expect(files.sort()).toEqual(names.map((api) => `${api}.arazzo.yaml`).sort());
});

const stepsOf = (api: string): { operationId: string }[] =>
  parse(readFileSync(join(spec, `workflows/${api}.arazzo.yaml`), "utf8")).workflows[0].steps;

test.each(names)(
  "The workflow of %s calls every operation of the generation, between the token and the logout",
  (api) => {
    const called = stepsOf(api).map(({ operationId }) => operationId.replace("$sourceDescriptions.", ""));
    const own = operations.filter((row) => row.api === api).map(({ operationId }) => `${api}.${operationId}`);
    expect(called).toEqual(expect.arrayContaining(own));
    expect(called.slice(0, 2)).toEqual(["auth.requestToken", "auth.logIn"]);
    expect(called.at(-1)).toBe("auth.logOut");
  },
);

test("The workflow of each generation passes with real tokens, and shows no secret", async () => {
  const { code, stdout } = await respect(names, { auth: "strict", config });
  const summaries = stdout.match(/Steps: .*/g);
  const counts = names.map((api) => stepsOf(api).length);
  expect(summaries, stdout).toEqual(counts.map((count) => `Steps: ${count} passed, ${count} total`));
  expect(code).toBe(0);
  for (const secret of Object.values(secrets)) expect(stdout).not.toContain(secret);
});

test("A workflow fails when the mock keeps no state", async () => {
  const { code, stdout } = await respect(names.slice(0, 1), { engine: "prism" });
  expect(stdout).toContain("✗ success criteria check");
  expect(code).toBe(1);
});

test("The workflow of V2 passes with real tokens on two instances behind a balancer", async () => {
  const { code } = await respect(["v2"], { auth: "strict", config }, startInstances);
  expect(code).toBe(0);
});

test("A workflow fails with a wrong secret", async () => {
  writeFileSync(`${config}.other`, readFileSync(config, "utf8").replace(secrets.secret, "another"));
  const { code, stdout } = await respect(names.slice(0, 1), { auth: "strict", config: `${config}.other` });
  expect(stdout).toMatch(/✗ success criteria check - \$statusCode == 200/);
  expect(code).toBe(1);
});
