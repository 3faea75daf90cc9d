import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { useInstances, useServer } from "./server.ts";

const script = fileURLToPath(new URL("../examples/tour.sh", import.meta.url));
const config = fileURLToPath(new URL("../config/mock-config.example.yaml", import.meta.url));

describe.each([
  { auth: "lenient", place: "one instance", use: useServer },
  { auth: "strict", place: "one instance", use: useServer },
  { auth: "strict", place: "two instances behind a balancer", use: useInstances },
] as const)("the tour with curl, $auth, against $place", ({ auth, use }) => {
  const server = use({ auth, ...(auth === "strict" && { config }) });

  test("The tour registers, lists, updates, receives two messages and deregisters in each generation", async () => {
    const { stdout } = await promisify(execFile)("sh", [script, server.origin]);
    const sections = stdout.split("\n# ").map((section) => section.trim().split("\n"));
    const of = (title: string) => sections.find(([first]) => first === title)?.slice(1) ?? [];
    for (const api of ["v1", "legacy", "v2"]) {
      const [, before, , after] = of(`${api}: register, list, update, list`);
      expect(before).toContain("/first");
      expect(after).toContain("/second");
      expect(of(`${api}: two messages`).slice(-2).join("\n")).toMatch(
        /upgradeScheduled.*\n.*upgradeProgress/,
      );
      expect(of(`${api}: deregister, list`)).toEqual(['{"success":true}', api === "v1" ? "[]" : "{}"]);
    }
    expect(stdout).toMatch(/done\s*$/);
  });
});
