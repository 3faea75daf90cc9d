import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { apis } from "@thingspace-callbacks/contract";
import { afterEach, expect, test } from "vitest";

const main = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

/** Starts the command and reads its banner to the last line. */
async function start(...options: string[]) {
  const started = spawn(process.execPath, [main, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  child = started;
  const lines: string[] = [];
  for await (const line of createInterface({ input: started.stdout })) {
    lines.push(line);
    if (line.startsWith("Ctrl-C")) break;
  }
  return { process: started, lines };
}

/** Runs the command to its end, which it must find by itself. */
async function run(...options: string[]) {
  const ended = spawn(process.execPath, [main, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  child = ended;
  const [out, error, [code]] = await Promise.all([
    text(ended.stdout),
    text(ended.stderr),
    once(ended, "close"),
  ]);
  return { out, error, code };
}

test("The banner names the address, each API, the console and the docs, as the README shows them, and its commands work", async () => {
  const { lines } = await start("--port", "0");
  const banner = lines.join("\n");
  const origin = /listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(banner)?.[1];
  for (const { base } of apis) expect(banner).toContain(`${origin}${base} `);
  expect(banner).toContain(`${origin}/docs/ `);
  expect(banner).toContain(`${origin}/mock/console/ `);
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  expect(readme).toContain(banner.trim().replaceAll(origin ?? "", "http://127.0.0.1:4010"));
  const commands = lines.filter((line) => line.trim().startsWith("curl "));
  const responses: unknown[] = [];
  for (const command of commands) {
    const { stdout } = await promisify(execFile)("sh", ["-c", `${command} --silent --fail`]);
    responses.push(JSON.parse(stdout));
  }
  // The first registers, the second lists what was registered.
  expect(responses).toMatchObject([{ serviceName: "Fota" }, [{ name: "Fota" }]]);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s stops the mock with exit code 0", async (signal) => {
  const { process } = await start("--port", "0");
  process.kill(signal);
  expect(await once(process, "exit")).toEqual([0, null]);
});

test("A port in use causes a one-line error that names it and explains how to choose another", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  const { out, error, code } = await run("--port", String(port));
  taken.close();
  expect(code).toBe(1);
  expect(out).toBe("");
  expect(error).toBe(
    `Port ${port} on 127.0.0.1 is in use. Choose another with --port, for example --port ${port + 1}.\n`,
  );
});

test.each([
  ["--port", "http"],
  ["--port", "65536"],
  ["--prot", "5000"],
])("%s %s is refused by name", async (option, value) => {
  const { error, code } = await run(option, value);
  expect(code).toBe(1);
  expect(error).toContain(option);
  expect(error).not.toContain("    at ");
});

test("An address of another machine is refused by name", async () => {
  const { error, code } = await run("--host", "192.0.2.1", "--port", "0", "--no-control");
  expect(code).toBe(1);
  expect(error).toMatch(/^192\.0\.2\.1 is not an address of this machine\./);
});

test("--help shows the options with their defaults", async () => {
  const { out, code } = await run("--help");
  expect(code).toBe(0);
  // Long descriptions are wrapped.
  const text = out.replace(/\s+/g, " ");
  expect(text).toMatch(/--port <number> [^-]*4010/);
  expect(text).toMatch(/--host <address> [^-]*127\.0\.0\.1/);
});
