import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { text as readText } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodes, oldestNodeOfMock } from "./binaries.ts";
import { run } from "./command.ts";
import { openTarball, type Tarball, text } from "./tarball.ts";

const running = { "Node 22": oldestNodeOfMock.binary, "Node 24": nodes["Node 24"] };
const path = "/api/fota/v1/callbacks/0242078689-00001";
const tokens = { Authorization: "Bearer any", "VZ-M2M-Token": "any" };

let tarball: Tarball;
let folder: string;
let bin: string;
// Unpacked outside the workspace, with nothing beside it: what it needs is inside, or it does not run.
beforeAll(async () => {
  tarball = await openTarball("mock");
  folder = await realpath(await mkdtemp(join(tmpdir(), "thingspace-callbacks-mock-")));
  const installed = join(folder, "node_modules", tarball.manifest.name);
  for (const [file, data] of tarball.files) {
    await mkdir(dirname(join(installed, file)), { recursive: true });
    await writeFile(join(installed, file), data);
  }
  bin = join(installed, tarball.manifest.bin?.["thingspace-callbacks-mock"] ?? "");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("The packed mock has no dependencies, and Prism as an optional peer", () => {
  const { dependencies, peerDependencies, peerDependenciesMeta, engines } = tarball.manifest;
  expect(dependencies).toBeUndefined();
  expect(Object.keys(peerDependencies ?? {})).toEqual(["@stoplight/prism-http"]);
  expect(peerDependenciesMeta).toEqual({ "@stoplight/prism-http": { optional: true } });
  expect(engines.node).toBe(`>=${oldestNodeOfMock.version.split(".").slice(0, 2).join(".")}`);
});

test("The types of the packed mock need no other package", () => {
  expect(text(tarball.files.get("dist/index.d.ts"))).not.toMatch(/\bfrom "|\bimport[ (]/);
});

describe.each(Object.entries(running))("the packed mock in %s", (_, node) => {
  test("The packed mock serves docs, documents and examples, explains how to add Prism, and stops", async () => {
    const child = spawn(node, [bin, "--port", "0"], { cwd: folder, env: bareEnvironment() });
    const errors = readText(child.stderr);
    const origin = await originOf(child.stdout);
    const get = (path: string, headers: Record<string, string> = {}) =>
      fetch(origin + path, { headers: { ...tokens, ...headers } });
    try {
      expect((await get("/docs/")).status).toBe(200);
      // Of this file, the package has the compressed form only.
      for (const encoding of ["gzip", "identity"]) {
        const document = await get("/docs/openapi/v1.json", { "Accept-Encoding": encoding });
        expect(await document.json()).toMatchObject({ openapi: "3.1.0" });
      }
      expect(await (await get("/openapi/v2.json")).json()).toMatchObject({ openapi: "3.1.0" });
      expect((await get(path, { Prefer: "code=401" })).status).toBe(401);
      expect(await (await get(path, { Prefer: "example=nothingRegistered" })).json()).toEqual([]);
      const dynamic = await get(path, { Prefer: "dynamic=true" });
      expect(dynamic.status).toBe(501);
      expect(await dynamic.json()).toMatchObject({
        errorMessage: expect.stringContaining("npm install @stoplight/prism-http"),
      });
    } finally {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    expect(child.exitCode).toBe(0);
    // Neither a warning of Node.js nor one of ours.
    expect(await errors).not.toMatch(/warning/i);
  });

  test("The packed mock refuses the engine prism without Prism in one sentence", async () => {
    const child = spawn(node, [bin, "--port", "0", "--engine", "prism"], {
      cwd: folder,
      env: bareEnvironment(),
    });
    const [errors, [code]] = await Promise.all([readText(child.stderr), once(child, "exit")]);
    expect(code).toBe(1);
    // One sentence, and the hint at --help that follows each error of the command line; no stack.
    const [sentence, ...rest] = errors.trim().split("\n");
    expect(sentence).toMatch(/npm install @stoplight\/prism-http/);
    expect(rest).toEqual(["(--help shows the options)"]);
  });

  test("A program that imports the packed mock can create one", async () => {
    const program = `
      import { createMock, OptionError } from "@thingspace-callbacks/mock";
      const mock = await createMock();
      const listed = await mock.fetch("http://mock${path}", { headers: ${JSON.stringify(tokens)} });
      const refused = await createMock({ engine: "prism" }).catch((error) => error instanceof OptionError);
      console.log(JSON.stringify([listed.status, await listed.json(), refused]));
      await mock.close();`;
    const output = await run(node, ["--input-type=module", "--eval", program], { cwd: folder });
    expect(JSON.parse(output)).toEqual([200, [], true]);
  });
});

describe("the packed mock in Node 20", () => {
  test("The packed mock prints the required Node.js version in one sentence", async () => {
    const child = spawn(nodes["Node 20"], [bin, "--port", "0"], { cwd: folder, env: bareEnvironment() });
    const [errors, [code]] = await Promise.all([readText(child.stderr), once(child, "exit")]);
    expect(code).toBe(1);
    expect(errors.trim().split("\n")).toHaveLength(1);
    expect(errors).toContain(tarball.manifest.engines.node.replace(">=", ""));
  });

  test("The packed mock can be imported, and names the required Node.js version when a mock is created", async () => {
    const program = `
      import { createMock } from "@thingspace-callbacks/mock";
      console.log(await createMock().catch((error) => error.message));`;
    const output = await run(nodes["Node 20"], ["--input-type=module", "--eval", program], { cwd: folder });
    expect(output).toContain(tarball.manifest.engines.node.replace(">=", ""));
  });
});

/** Returns the environment without what started the tests. */
function bareEnvironment() {
  return { ...process.env, NODE_PATH: undefined, NODE_OPTIONS: undefined };
}

/** Resolves with the address in the banner. */
async function originOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [origin] = /http:\/\/[\d.:]+/.exec(line) ?? [];
    if (origin) return origin;
  }
  throw new Error("The mock ended without a banner.");
}
