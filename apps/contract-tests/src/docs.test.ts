import catalogue from "@thingspace-callbacks/spec" with { type: "json" };
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "./browser.ts";
import { useMock } from "./harness.ts";

const mock = useMock();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

/** Opens a page and keeps whatever a reader should never meet. */
async function open(path: string) {
  const page = await browser.newPage();
  page.setDefaultTimeout(5_000);
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
  page.on(
    "response",
    (response) => response.status() >= 400 && problems.push(`${response.status()}: ${response.url()}`),
  );
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== mock.origin()) problems.push(`foreign: ${request.url()}`);
  });
  await page.goto(mock.origin() + path, { waitUntil: "networkidle" });
  return { page, problems };
}

test.each(["/", "/docs/"])(
  "the landing page at %s leads to every reference",
  async (path) => {
    for (const [api, { title }] of Object.entries(catalogue)) {
      const { page, problems } = await open(path);
      await page.getByRole("link", { name: title }).click();
      await page.waitForURL(`${mock.origin()}/docs/${api}/`);
      await page.waitForLoadState("networkidle");
      expect(problems).toEqual([]);
      await page.close();
    }
  },
  60_000,
);

describe.each(Object.entries(catalogue))("the reference of %s", (api, { operations, webhooks, title }) => {
  test.each([...operations, ...webhooks])(
    "shows $operationId, from its origin alone",
    async ({ tag, operationId, summary }) => {
      const anchor = `#/${tag.replaceAll(" ", "-")}/${operationId}`.toLowerCase();
      const { page, problems } = await open(`/docs/${api}/${anchor}`);
      await page.locator("h2", { hasText: summary }).waitFor();
      expect(await page.title()).toBe(title);
      expect(problems).toEqual([]);
      await page.close();
    },
    30_000,
  );
});
