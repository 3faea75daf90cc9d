import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { useBrowser } from "./use.ts";
import { visit } from "./visit.ts";

const mock = useMock();
const browser = useBrowser();
const sampleOf = (name: string) =>
  readFileSync(
    fileURLToPath(import.meta.resolve(`@thingspace-callbacks/docs/samples/landing/${name}`)),
    "utf8",
  );

test("The listener of the landing page prints what its terminal shows when the mock plays an upgrade", async () => {
  const [, ...expected] = sampleOf("terminal.txt").trim().split("\n").map(withoutIds);
  const port = await findPort();
  const source = sampleOf("listener.ts").replace("8080", String(port));
  const child = spawn(process.execPath, ["--input-type=module-typescript", "--eval", source], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { ...process.env, CALLBACK_PASSWORD: "secret" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const url = `http://127.0.0.1:${port}/fota`;
    await expect
      .poll(
        () =>
          fetch(url).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 60_000 },
      )
      .toBe(405);
    await post("api/fota/v1/callbacks/0242078689-00001", {
      name: "Fota",
      url,
      username: "listener",
      password: "secret",
    });
    await post("mock/upgrades", { api: "v1", account: "0242078689-00001", devices: 1 });
    const printed: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      printed.push(withoutIds(line));
      if (printed.length === expected.length) break;
    }
    expect(printed).toEqual(expected);
  } finally {
    child.kill();
  }
});

test("The first screen says whose API it is, how to start, and shows a listener and its message", async () => {
  const { page } = await visit(browser(), `${mock.origin()}/docs/`);
  await page.setViewportSize({ width: 1440, height: 900 });
  const main = page.getByRole("main");
  for (const shown of [
    main.getByRole("heading", { level: 1, name: /Verizon ThingSpace/ }),
    main.getByText("Unofficial", { exact: false }).first(),
    main.getByText("no ThingSpace credentials", { exact: false }).first(),
    main.getByText("pnpm@12 start"),
    main.getByText("createCallbackListener").first(),
    main.locator("pre", { hasText: '"upgradeScheduled"' }).getByText("accountName"),
    page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Quick start" }),
  ]) {
    const box = await shown.boundingBox();
    expect((box?.y ?? 900) + (box?.height ?? 0), String(shown)).toBeLessThan(900);
  }
  const text = (await page.locator(".first-screen").textContent()) ?? "";
  expect(new Set(text.match(/\d{10}-\d{5}/g)).size, "accounts").toBe(1);
  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Quick start" }).first().click();
  await page.waitForURL(`${mock.origin()}/docs/quick-start/`);
  await page.close();
});

/** Upgrades have another id in each run. */
const withoutIds = (line: string) => line.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "ID");

async function post(path: string, body: unknown) {
  const response = await fetch(`${mock.origin()}/${path}`, {
    method: "POST",
    headers: { Authorization: "Bearer any", "VZ-M2M-Token": "any", "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.ok, path).toBe(true);
}

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
