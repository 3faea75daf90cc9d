import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { apis } from "@thingspace-callbacks/contract";
import { afterAll, beforeAll, expect, test } from "vitest";

const main = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

/** Starts the command and reads its banner to the last line. */
async function start(...options: string[]) {
  const started = spawn(process.execPath, [main, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  for await (const line of createInterface({ input: started.stdout })) {
    lines.push(line);
    if (line.startsWith("Ctrl-C")) break;
  }
  return { process: started, lines };
}

let started: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  started = await start("--port", "0");
});
afterAll(() => started?.process.kill("SIGKILL"));

test("The banner names the address, each API, the console and the docs, as the README shows them, and its commands work", async () => {
  const { lines } = started;
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

// The test of the command's log ends it with SIGTERM.
test("SIGINT stops the mock with exit code 0", async () => {
  started.process.kill("SIGINT");
  expect(await once(started.process, "exit")).toEqual([0, null]);
});

test("A port in use causes a one-line error that names it and explains how to choose another", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  const refused = spawn(process.execPath, [main, "--port", String(port)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, error, [code]] = await Promise.all([
    text(refused.stdout),
    text(refused.stderr),
    once(refused, "close"),
  ]);
  taken.close();
  expect(code).toBe(1);
  expect(out).toBe("");
  expect(error).toBe(
    `Port ${port} on 127.0.0.1 is in use. Choose another with --port, for example --port ${port + 1}.\n`,
  );
});
