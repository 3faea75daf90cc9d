import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { findProblems } from "../docs/axe.ts";
import { isThorough } from "../docs/thorough.ts";
import { callControl } from "./call-control.ts";
import { useConsole } from "./use-console.ts";

const console = useConsole();
const account = "0242078689-00001";

const places = [
  "requests",
  "deliveries",
  "registrations",
  "faults",
  "why",
  "do/register",
  "do/sendEvent",
  "do/addFault",
  "do/setClock",
  "do/snapshots",
];

/** The smallest width and a large one, each in one color scheme: the layout does not depend on the colors. */
const looks = [
  { colorScheme: "light", width: 360 },
  { colorScheme: "dark", width: 1280 },
] as const;

/** Without `test:looks`, axe looks at every other place of the full console in each look. */
const isAudited = (place: string, look: number) => isThorough || places.indexOf(place) % 2 === look;

test.each(looks)(
  "Every place of the console, empty or full, fits $width px in $colorScheme colors, and axe finds no problem",
  async ({ colorScheme, width }) => {
    const page = await console.open("requests", { colorScheme });
    await page.setViewportSize({ width, height: 800 });
    for (const place of ["requests", "deliveries", "faults"]) await demandReadable(page, place);
    await console.register(console.listenerUrl());
    await callControl(console.origin(), "addFault", { api: "v2", status: 503 });
    await console.mock().deliverEvent({ api: "v1", account, type: "upgradeScheduled" });
    for (const place of places) {
      await page.goto(`${console.origin()}/mock/console/#${place}`);
      const row = page.getByRole("listbox", { name: /.+/ }).getByRole("option").first();
      if (place === "requests" || place === "deliveries") await row.click();
      await demandNoOverflow(page, place);
      if (isAudited(place, width === 360 ? 0 : 1)) await demandReadable(page, place);
    }
    await page.close();
  },
);

async function demandNoOverflow(page: Page, place: string) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, place).toBeLessThanOrEqual(0);
}

async function demandReadable(page: Page, place: string) {
  await demandNoOverflow(page, place);
  expect(await findProblems(page), place).toEqual([]);
}

test("The console in dark colors fits 360 px, and in light ones 1280 px", async () => {
  const page = await console.open("requests", { colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 800 });
  await demandReadable(page, "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 800 });
  await demandReadable(page, "light");
  await page.close();
});

test("The keyboard alone reaches a list, moves through it and opens the details", async () => {
  for (let index = 0; index < 3; index += 1) await console.register(console.listenerUrl());
  const page = await console.open("requests");
  await page.getByLabel("Direction").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  const last = page.getByRole("option").last();
  expect(await last.getAttribute("aria-selected")).toBe("true");
  expect(await page.getByRole("listbox").getAttribute("aria-activedescendant")).toBe(
    await last.getAttribute("id"),
  );
  await page.getByRole("heading", { name: /POST/ }).waitFor();
  await page.close();
});

test("Why nothing arrived is explained: no registration, a listener that is down, nothing sent", async () => {
  const page = await console.open(`why?account=${account}`);
  await page.getByText("Problem: No URL is registered").waitFor();
  await console.register(await findClosedUrl());
  await page.getByText("Problem: The mock was asked to send no message").waitFor();
  await console.mock().deliverEvent({ api: "v1", account, type: "upgradeScheduled" });
  await page.getByRole("cell", { name: "connection refused" }).first().waitFor();
  await page.close();
});

/** Returns a URL at which nothing listens. */
async function findClosedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/fota`;
}

test("Of 10,000 requests only the visible ones are in the page, and scrolling through them takes no frame of 200 ms", async () => {
  const page = await console.open("faults");
  const entries = Array.from({ length: 10_000 }, (_, index) => ({
    id: index + 1,
    at: new Date(index * 1_000).toISOString(),
    direction: "in",
    method: "GET",
    url: `/api/fota/v1/callbacks/${index + 1}`,
    headers: {},
    status: 200,
    durationMs: 1,
  }));
  await page.route("**/mock/requests?*", (route) =>
    route.fulfill({ json: { requests: entries.toReversed(), total: entries.length } }),
  );
  await page.reload();
  await page.getByRole("link", { name: "Requests" }).click();
  await page.getByText("10,000 requests").waitFor();
  expect(await page.getByRole("option").count()).toBeLessThan(60);
  const slowest = await page.evaluate(async () => {
    const list = document.querySelector("[role=listbox]") as HTMLElement;
    const frame = () => new Promise<number>(requestAnimationFrame);
    const times: number[] = [];
    for (let index = 0; index < 30; index += 1) {
      list.scrollTop += 2_000;
      const begin = await frame();
      times.push((await frame()) - begin);
    }
    return times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.9)];
  });
  expect(slowest).toBeLessThan(1_000);
  await page.getByRole("listbox").press("End");
  await page.locator("#row-1").waitFor();
  await page.close();
});
