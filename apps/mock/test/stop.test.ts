import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, onTestFinished, test } from "vitest";

const main = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const supervisor = new URL("../start/supervisor.mjs", import.meta.url);

const children: ChildProcess[] = [];
const mocks: number[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const pid of mocks.splice(0)) kill(pid);
});

interface Ready {
  origin: string;
  host: string;
  port: number;
  pid: number;
}

/** Starts a program that ends in a mock with --json, and resolves with what the mock printed. */
async function start(args: string[], stdin: "ignore" | "pipe" = "ignore") {
  const child = spawn(process.execPath, args, { stdio: [stdin, "pipe", "inherit"] });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), "line");
  const ready: Ready = JSON.parse(line);
  mocks.push(ready.pid);
  return { child, ready };
}

/** Opens a connection to a mock. It is closed, or reset, when the mock's process ends. */
async function watch({ port }: Ready): Promise<{ closed: Promise<unknown> }> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => {});
  return { closed: new Promise((resolve) => socket.once("close", resolve)) };
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended, as it should.
  }
}

test("The option --json prints one line with the address, the port and the process id", async () => {
  const { child, ready } = await start([main, "--port", "0", "--json"]);
  expect(ready).toEqual({
    origin: `http://127.0.0.1:${ready.port}`,
    host: "127.0.0.1",
    port: expect.any(Number),
    pid: child.pid,
  });
  expect((await fetch(`${ready.origin}/healthz`)).status).toBe(200);
});

test("With --exit-with-parent the mock stops when its parent is killed", async () => {
  const program = `
    import { spawn } from "node:child_process";
    spawn(process.execPath, ${JSON.stringify([main, "--port", "0", "--json", "--exit-with-parent"])},
      { stdio: ["ignore", "inherit", "inherit"] });`;
  const { child, ready } = await start(["--input-type=module", "--eval", program]);
  const connection = await watch(ready);
  child.kill("SIGKILL");
  await connection.closed;
});

test("With --exit-with-parent the mock stops when its standard input closes", async () => {
  const { child } = await start([main, "--port", "0", "--json", "--exit-with-parent"], "pipe");
  child.stdin?.end();
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("Without --exit-with-parent a closed standard input does not stop the mock", async () => {
  const { child, ready } = await start([main, "--port", "0", "--json"], "pipe");
  child.stdin?.end();
  expect((await fetch(`${ready.origin}/healthz`)).status).toBe(200);
});

test.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"] as const)(
  "pnpm start takes the mock with it when it gets %s",
  async (signal) => {
    const program = `
      import { runMock } from ${JSON.stringify(supervisor.href)};
      process.exitCode = await runMock(process.execPath, ["--port", "0", "--json"]).ended;`;
    const { child, ready } = await start(["--input-type=module", "--eval", program]);
    const connection = await watch(ready);
    child.kill(signal);
    await connection.closed;
  },
);

test("pnpm start init writes a seed and starts nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mock-init-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = `
    import { runMock } from ${JSON.stringify(supervisor.href)};
    process.exitCode = await runMock(process.execPath, ["init"]).ended;`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  children.push(child);
  expect(await once(child, "close")).toEqual([0, null]);
  expect(readdirSync(folder)).toContain("thingspace-mock.config.yaml");
});

test("The help of init writes nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mock-init-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const child = spawn(process.execPath, [main, "init", "--help"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  children.push(child);
  expect(await once(child, "close")).toEqual([0, null]);
  expect(readdirSync(folder)).toEqual([]);
});
