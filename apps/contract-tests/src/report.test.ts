import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Call, exampleCall, operations } from "./call.ts";
import type { ReadResponse } from "./read-response.ts";
import { expectDocumented } from "./report.ts";

const respond = (body: unknown): ReadResponse => ({
  status: 200,
  mediaType: "application/json",
  headers: new Headers(),
  body,
});

/** Returns the report on a response to a call of V1. */
async function reportOn(method: string, body: unknown, change: (call: Call) => Call = (call) => call) {
  const row = operations.find(({ api, operation }) => api === "v1" && operation.method === method);
  if (!row) throw new Error(`V1 has no ${method} operation`);
  const call = change(exampleCall(row.api, row.operation));
  const error: Error = await expectDocumented(call, respond(body)).then(
    () => new Error("no difference"),
    (error) => error,
  );
  return error.message;
}

test("A report reads as the README shows it", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(readme).toContain(`\`\`\`\n${await reportOn("delete", { success: "true" })}\n\`\`\``);
});

test("A response that matches its document causes no report", async () => {
  expect(await reportOn("delete", { success: true })).toBe("no difference");
});

test("A report shows no token, no password and no user of a URL", async () => {
  const secrets = ["the-token", "the-session", "hunter2", "user:pass"];
  const report = await reportOn(
    "post",
    { password: "hunter2", url: "https://user:pass@example.com", sessionToken: "the-session" },
    (call) => ({
      ...call,
      headers: { Authorization: "Bearer the-token", "VZ-M2M-Token": "the-session" },
      body: { name: "Fota", url: "https://user:pass@example.com/fota", password: "hunter2" },
    }),
  );
  expect(report).toContain(
    '{"name":"Fota","url":"https://[redacted]@example.com/fota","password":"[redacted]"}',
  );
  expect(report).toContain("+ body.sessionToken: [redacted]");
  for (const secret of secrets) expect(report).not.toContain(secret);
});
