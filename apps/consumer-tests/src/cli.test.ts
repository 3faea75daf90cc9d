import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bun, nodes } from "./binaries.ts";
import { run } from "./command.ts";
import { packageFolder } from "./packages.ts";
import { openTarball } from "./tarball.ts";

const runtimes = { ...nodes, Bun: bun };

let folder: string;
let bin: string;
let mock: ReturnType<typeof spawn>;
let origin: string;
// The packed command line with the packed client and listener, outside the workspace. Other dependencies come from the workspace.
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "thingspace-callbacks-cli-")));
  await Promise.all(["cli", "client", "listener", "mock"].map(installTarball));
  const { manifest } = await openTarball("cli");
  await Promise.all(Object.keys(manifest.dependencies ?? {}).map(installOther));
  bin = join(folder, "node_modules", manifest.name, manifest.bin?.["thingspace-callbacks"] ?? "");
  mock = spawn(nodes["Node 24"], [bin, "mock", "--port", "0", "--quiet"], {
    cwd: folder,
    env: { ...process.env, NODE_PATH: undefined, NODE_OPTIONS: undefined },
    stdio: ["ignore", "pipe", "inherit"],
  });
  origin = await readOrigin(mock.stdout as NodeJS.ReadableStream);
});
afterAll(async () => {
  if (mock?.exitCode === null) {
    mock.kill("SIGTERM");
    await once(mock, "exit");
  }
  await rm(folder, { recursive: true, force: true });
});

describe.each(Object.entries(runtimes))("the packed command line in %s", (name, runtime) => {
  const execute = (...args: string[]) =>
    run(runtime, [bin, ...args], { cwd: folder, env: { THINGSPACE_CALLBACKS_HOME: join(folder, name) } });

  test("The packed command line registers, lists and deregisters a URL", async () => {
    const account = "0242078689-00001";
    const common = ["--api", "v1", "--origin", origin, "--json", "--space", name.replace(" ", "-")];
    await execute("callbacks", "register", account, "--url", "https://example.com/fota", ...common);
    const listed = JSON.parse(await execute("callbacks", "list", account, ...common));
    expect(listed.accounts[0].after).toMatchObject([{ api: "v1", url: "https://example.com/fota" }]);
    await execute("callbacks", "deregister", account, ...common);
  });

  test("The packed command line plays its scenarios with a listener of its own", async () => {
    const { ok, scenarios } = JSON.parse(
      await execute("run", "happy-upgrade", "expired-tokens", "--origin", origin, "--json"),
    );
    expect({ ok, played: scenarios.length }).toEqual({ ok: true, played: 2 });
  });

  test("The packed command line prints its help and the script of a shell", async () => {
    expect(await execute("check-listener", "--help")).toContain("--yes-send-to");
    expect(await execute("completion", "bash")).toContain("thingspace-callbacks complete");
  });
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
