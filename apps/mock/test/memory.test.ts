import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createInterface } from "node:readline/promises";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const main = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

// A separate process with little memory, which ends when it runs out.
let child: ChildProcessByStdio<null, Readable, null>;
let origin = "";
beforeAll(async () => {
  const args = ["--max-old-space-size=256", main, "--port", "0", "--quiet"];
  child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: child.stdout })) {
    origin = /listens on (\S+)/.exec(line)?.[1] ?? "";
    if (origin) break;
  }
});
afterAll(() => {
  child.kill("SIGKILL");
});

test("A state with a million violations is refused with the first twenty and their number, in little memory", async () => {
  const body = `{"registrations":[${"{},".repeat(999_999)}{}]}`;
  const response = await fetch(`${origin}/mock/state`, {
    method: "PUT",
    body,
    headers: { "Content-Type": "application/json" },
  });
  const { errorMessage } = (await response.json()) as { errorMessage: string };
  expect(response.status).toBe(400);
  expect(errorMessage.length).toBeLessThan(2_000);
  expect(errorMessage).toContain("There are 2999980 more violations.");
});

test("Simultaneous requests for documents whose hosts contain replacement patterns get documents of the usual size", async () => {
  const host = "$'".repeat(7_000);
  const documents = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const sent = request(`${origin}/openapi/control.json`, { headers: { Host: host }, agent: false }).end();
      const [response] = await once(sent, "response");
      return text(response);
    }),
  );
  expect(Math.max(...documents.map((document) => document.length))).toBeLessThan(200_000);
});
