import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { findPackageJSON } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bun, nodes } from "./binaries.ts";
import { type CliOutcome, runSteps } from "./cli-lane.ts";
import { listSteps } from "./cli-steps.ts";
import { packageFolder } from "./packages.ts";
import { openTarball } from "./tarball.ts";
import { isThorough } from "./thorough.ts";

/** Commands that read or start what is packed, or use what a runtime has of its own. */
const fewCommands = [
  "login lab",
  "callbacks register",
  "run happy-upgrade expired-tokens",
  "listen",
  "mock --port 0",
];

/** The tests of the command line itself run in Node 24, and Bun is not behind it as Node 20 is. */
const commands = isThorough ? undefined : fewCommands;

interface Runtime {
  name: string;
  runtime: string;
  isMockSupported: boolean;
  /** @default all commands */
  commands?: string[] | undefined;
}

const runtimes: Runtime[] = [
  { name: "Node 20", runtime: nodes["Node 20"], isMockSupported: false },
  { name: "Bun", runtime: bun, isMockSupported: true, commands },
  { name: "Node 24", runtime: nodes["Node 24"], isMockSupported: true, commands },
];

/** The steps of a runtime: all, or those of its commands. */
const stepsOf = ({ isMockSupported, commands }: Runtime, listenerUrl = "") =>
  listSteps(listenerUrl, isMockSupported).filter(({ command }) => commands?.includes(command) ?? true);

const listener = createServer((request, response) => {
  request.resume();
  request.on("end", () => response.writeHead(204).end());
});
let folder: string;
let mock: ReturnType<typeof spawn>;
const outcomes = new Map<string, CliOutcome[]>();
const getSteps = (runtime: Runtime) => {
  const { port } = listener.address() as AddressInfo;
  return stepsOf(runtime, `http://127.0.0.1:${port}/fota`);
};

// The packed command line with the packed client and listener, outside the workspace. Other dependencies come from the workspace.
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "thingspace-callbacks-cli-")));
  await Promise.all(["cli", "client", "listener", "mock"].map(installTarball));
  const { manifest } = await openTarball("cli");
  await Promise.all(Object.keys(manifest.dependencies ?? {}).map(installOther));
  const bin = join(folder, "node_modules", manifest.name, manifest.bin?.["thingspace-callbacks"] ?? "");
  mock = spawn(nodes["Node 24"], [bin, "mock", "--port", "0", "--quiet"], {
    cwd: folder,
    env: { ...process.env, NODE_PATH: undefined, NODE_OPTIONS: undefined },
    stdio: ["ignore", "pipe", "inherit"],
  });
  listener.listen(0, "127.0.0.1");
  const origin = await readOrigin(mock.stdout as NodeJS.ReadableStream);
  // Two at a time, for two processors.
  const waiting = [...runtimes];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name, runtime } = next;
      const space = name.replace(" ", "-");
      const lane = { runtime, bin, folder: join(folder, space), origin, space };
      outcomes.set(name, await runSteps(lane, getSteps(next)));
    }
  };
  await Promise.all([work(), work()]);
});
afterAll(async () => {
  listener.close();
  if (mock?.exitCode === null) {
    mock.kill("SIGTERM");
    await once(mock, "exit");
  }
  await rm(folder, { recursive: true, force: true });
});

describe.each(runtimes)("the packed command line in $name", (runtime) => {
  test.each(stepsOf(runtime).map(({ command }, index) => ({ command, index })))(
    "$command does its work",
    ({ index }) => {
      const step = getSteps(runtime)[index];
      const outcome = outcomes.get(runtime.name)?.[index];
      expect(outcome?.exitCode, outcome?.errors).toBe(step?.exitCode ?? 0);
      if (step?.json) expect(JSON.parse(outcome?.output.split("\n").at(-1) ?? "")).toMatchObject(step.json);
      if (step?.text) expect(outcome?.output).toContain(step.text);
    },
  );
});

async function installTarball(name: string): Promise<void> {
  const { manifest, files } = await openTarball(name);
  for (const [path, data] of files) {
    const target = join(folder, "node_modules", manifest.name, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, data);
  }
}

/** Copies a dependency that has none of its own, unless it is a package of this workspace. */
async function installOther(name: string): Promise<void> {
  if (name.startsWith("@thingspace-callbacks/")) return;
  const found = findPackageJSON(name, pathToFileURL(join(packageFolder("cli"), "package.json")));
  if (found === undefined) throw new Error(`${name} is not installed.`);
  const { dependencies = {} } = JSON.parse(await readFile(found, "utf8"));
  expect(dependencies).toEqual({});
  await cp(dirname(await realpath(found)), join(folder, "node_modules", name), { recursive: true });
}

/** Resolves with the address in the banner of the mock. */
async function readOrigin(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [found] = /http:\/\/[\d.:]+/.exec(line) ?? [];
    if (found) return found;
  }
  throw new Error("The mock ended without a banner.");
}
