import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findMock } from "../src/mock/find-mock.ts";
import { demandMockNode, mockNode } from "../src/mock/node-version.ts";
import { createHome } from "./home.ts";

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

test("mock starts the mock with its own options, and ends it with SIGTERM", async () => {
  const child = spawn(process.execPath, [bin, "mock", "--port", "0", "--quiet"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let origin: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    origin = /http:\/\/[\d.:]+/.exec(line)?.[0];
    if (origin) break;
  }
  expect((await fetch(`${origin}/mock/state`)).status).toBe(200);
  child.kill("SIGTERM");
  const [exitCode] = await once(child, "exit");
  expect(exitCode).toBe(0);
});

test("A folder without the mock's package has no mock", () => {
  expect(findMock([createHome()])).toBeUndefined();
  expect(findMock([createHome(), import.meta.dirname])).toMatch(/bin\.js$/);
});

test("The mock's package names the Node.js that the command demands for it", () => {
  const manifest = new URL("../../../apps/mock/package.json", import.meta.url);
  const { engines } = JSON.parse(readFileSync(manifest, "utf8"));
  expect(engines.node).toBe(`>=${mockNode.major}.${mockNode.minor}`);
});

test.each([
  { version: "20.19.0", code: "NODE_TOO_OLD" },
  { version: "22.18.1", code: "NODE_TOO_OLD" },
  { version: "22.19.0", code: undefined },
  { version: "24.0.0", code: undefined },
])("The mock's start with Node.js $version ends with $code", ({ version, code }) => {
  let thrown: unknown;
  try {
    demandMockNode(version);
  } catch (error) {
    thrown = error;
  }
  expect((thrown as { code?: string } | undefined)?.code).toBe(code);
});
