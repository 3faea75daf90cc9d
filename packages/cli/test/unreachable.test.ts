import { join } from "node:path";
import { findFreePort } from "@thingspace-callbacks/test-support";
import { expect, test } from "vitest";
import { mockNodeText } from "../src/mock/node-version.ts";
import { createHome, runCommand } from "./command.ts";

const account = "0242078689-00001";
const port = await findFreePort();
const origin = `http://127.0.0.1:${port}`;
const file = join(createHome(), "messages.jsonl");
const credentials = {
  THINGSPACE_KEY: "key",
  THINGSPACE_SECRET: "secret",
  THINGSPACE_USERNAME: "user",
  THINGSPACE_PASSWORD: "password",
};

test.each([
  { args: ["callbacks", "list", account] },
  { args: ["callbacks", "register", account, "--api", "v1", "--url", "https://a.example"] },
  { args: ["callbacks", "move", account, "--from", "v1", "--to", "v2"] },
  { args: ["callbacks", "audit", account] },
  { args: ["trigger", "upgradeScheduled"] },
  { args: ["trigger", "upgrade"] },
  { args: ["run", "happy-upgrade"] },
  { args: ["listen"] },
  { args: ["record", "--out", file] },
  { args: ["login"], env: credentials },
  { args: ["doctor"] },
])(
  "$args without a mock exits with 4, and names the address and the command that starts one",
  async ({ args, env = {} }) => {
    const all = [...args, "--origin", origin, "--json"];
    const { exitCode, output, errors } = await runCommand(all, { env });
    expect(exitCode).toBe(4);
    expect(output + errors).toContain(`The mock at ${origin} does not respond`);
    expect(output + errors).toContain(`thingspace-callbacks mock --port ${port}`);
    expect(output + errors).toContain(mockNodeText);
    expect(output + errors).toContain(`npx --yes pnpm@12 start --port ${port}`);
  },
);

test("ThingSpace that does not respond is not taken for a mock", async () => {
  const args = ["callbacks", "list", account, "--environment", "production", "--origin", origin, "--json"];
  const { exitCode, data } = await runCommand(args, { env: credentials });
  expect(exitCode).toBe(4);
  expect(data.accounts[0].error.remedy).not.toContain("mock");
});
