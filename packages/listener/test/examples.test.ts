import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "rolldown";
import { describe, expect, onTestFinished, test } from "vitest";
import { createTestCallback } from "../src/testing.ts";
import { sendTo } from "./adapters.ts";
import { callback, credentials, json, messageOf, post } from "./listeners.ts";
import { createFolder } from "./stores.ts";

const examples = fileURLToPath(new URL("../examples/", import.meta.url));
const environment = { CALLBACK_PASSWORD: credentials.password };

/** Runs an example on a free port until the end of the test. */
async function start(name: string) {
  const { folder, remove } = createFolder();
  const child = spawn(process.execPath, [`${examples}${name}`], {
    env: { ...process.env, ...environment, PORT: "0", INBOX: `${folder}/inbox.sqlite` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  onTestFinished(async () => {
    child.kill();
    await gone;
    remove();
  });
  let printed = "";
  const port = await new Promise<string>((resolve, reject) => {
    for (const output of [child.stdout, child.stderr]) {
      output.on("data", (chunk) => {
        printed += chunk;
        const [, listening] = /port: (\d+)/.exec(printed) ?? [];
        if (listening) resolve(listening);
      });
    }
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}: ${printed}`)));
  });
  return { origin: `http://127.0.0.1:${port}`, printed: () => printed, child };
}

const servers = ["node", "express", "fastify", "hono", "inbox"];

describe.each(servers)("the example %s", (name) => {
  test("the server of the example accepts messages, and refuses other requests", async () => {
    const { origin, printed, child } = await start(`${name}.ts`);
    const path = "/callbacks";
    const sent = await callback({
      api: "v1",
      type: "upgradeScheduled",
      message: { upgradeScheduled: { upgradeId: "7" } },
    });
    const responses = [
      { status: 204, sent },
      { status: 401, sent: post(messageOf({ password: "wrong" })) },
      { status: 405, sent: { method: "GET" } },
      { status: 415, sent: { headers: { "Content-Type": "text/plain" }, body: messageOf() } },
      { status: 415, sent: { headers: { "Content-Type": "application/xml" }, body: messageOf() } },
      { status: 400, sent: post("{") },
      { status: 204, sent: post(messageOf({ type: "contradicting", firmwareList: "x" })) },
      // Large enough to arrive in many pieces.
      { status: 413, sent: post(Array(50).fill(new Uint8Array(65_536)), { headers: { ...json } }) },
      { status: 413, sent: post("x".repeat(3_000_000)) },
      { status: 204, sent: await callback({ api: "v1", type: "somethingNew" }) },
    ];
    for (const { status, sent } of responses) {
      expect({ status, sent }).toEqual({ status: (await sendTo(origin, { ...sent, path })).status, sent });
    }
    for (const line of ["scheduled 7", "other contradicting", "other somethingNew"]) {
      await expect.poll(printed).toContain(`${line}\n`);
    }
    expect(printed()).not.toContain(credentials.password);
    expect(child.exitCode).toBeNull();
  });
});

test("the example worker needs nothing but web standards", async () => {
  const { output } = await build({
    input: `${examples}worker.ts`,
    write: false,
    platform: "neutral",
    logLevel: "silent",
    output: { format: "iife", name: "worker" },
  });
  const lines: unknown[][] = [];
  const standards = {
    Request,
    Response,
    Headers,
    URL,
    TextDecoder,
    TextEncoder,
    Uint8Array,
    crypto,
    performance,
  };
  const timers = { setTimeout, clearTimeout };
  const context = createContext({
    ...standards,
    ...timers,
    console: { log: (...line: unknown[]) => lines.push(line) },
  });
  const worker: typeof import("../examples/worker.ts").default = runInContext(
    `${output[0].code};worker`,
    context,
  );
  const good = createTestCallback({ api: "v1", type: "upgradeScheduled", ...credentials });
  expect((await worker.fetch(good, environment)).status).toBe(204);
  const bad = createTestCallback({ api: "v1", type: "upgradeScheduled" });
  expect((await worker.fetch(bad, environment)).status).toBe(401);
  expect(lines).toEqual([["other", "upgradeScheduled"]]);
});

// The packed listener runs on these in apps/consumer-tests; opentelemetry.test.ts runs the metrics.
const others = [
  "azure-functions",
  "bun",
  "deno",
  "google-cloud-functions",
  "lambda",
  "next-route",
  "opentelemetry",
];

test("every example is tested", () => {
  const files = readdirSync(examples).map((file) => file.replace(/\.ts$/, ""));
  expect(files.sort()).toEqual([...servers, ...others, "messages", "worker"].sort());
  for (const file of files) expect(readFileSync(`${examples}${file}.ts`, "utf8")).not.toMatch(/\.\.\/src/);
});
