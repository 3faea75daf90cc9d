import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { generations } from "@thingspace-callbacks/contract";
import { describe, expect, test } from "vitest";
import { useInstances, useServer } from "./server.ts";

const script = fileURLToPath(new URL("../examples/tour.sh", import.meta.url));
const config = fileURLToPath(new URL("../config/mock-config.example.yaml", import.meta.url));

test("The tour says that no mock runs, and fails", async () => {
  const tour = promisify(execFile)("sh", [script, "http://127.0.0.1:9"]);
  await expect(tour).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^No mock answers at .*\n$/),
  });
});

test("The tour ends when a request is refused", async () => {
  const mock = createServer(({ url }, response) => response.writeHead(url === "/healthz" ? 200 : 400).end());
  await once(mock.listen(0, "127.0.0.1"), "listening");
  const { port } = mock.address() as AddressInfo;
  const tour = promisify(execFile)("sh", [script, `http://127.0.0.1:${port}`]);
  await expect(tour).rejects.toMatchObject({ code: 1, stdout: expect.not.stringContaining("both tokens") });
  mock.close();
});

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
    for (const { name: api } of generations) {
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
