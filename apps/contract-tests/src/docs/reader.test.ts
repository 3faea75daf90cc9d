import { apis, getApi, listOperations } from "@thingspace-callbacks/contract";
import { describe, expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { findShortest, pages } from "./site.ts";
import { isThorough } from "./thorough.ts";
import { useBrowser, useStaticHost } from "./use.ts";
import { showRedoc, showText, visit } from "./visit.ts";

const mock = useMock();
const browser = useBrowser();
const host = useStaticHost();

const sites: [name: string, href: () => string][] = [
  ["the mock", () => `${mock.origin()}/docs/`],
  ["a static host below a path", host],
];

/** Without `test:looks`, the first one: other tests of this file open the static host. */
const chosenSites = isThorough ? sites : sites.slice(0, 1);

describe.each(chosenSites)("on %s", (_name, href) => {
  test("the search finds an operation, by keyboard alone, and leads to it", async () => {
    const { page, problems } = await visit(browser(), `${href()}guides/errors/`);
    // The script of the search enables its button when it begins to listen to the keyboard.
    await page.locator("site-search button:enabled").first().waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("textbox", { name: "Search" }).fill("deregister");
    const { title, operations } = getApi("v2");
    const summary = operations.find(({ operationId }) => operationId === "deregisterCallback")?.summary ?? "";
    const result = page.getByRole("link", { name: `${summary} (${title})` });
    await result.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${href()}v2/#/callbacks/deregistercallback`);
    await page.locator("h2", { hasText: summary }).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  test("the search finds a guide", async () => {
    const { page, problems } = await visit(browser(), href());
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("textbox", { name: "Search" }).fill("lock-out failed logins");
    const results = page.getByRole("dialog", { name: "Search" });
    await results.getByRole("link", { name: "Authentication", exact: true }).first().click();
    await page.waitForURL(`${href()}guides/authentication/**`);
    expect(problems).toEqual([]);
    await page.close();
  });

  test("A missing page at any depth has the frame of the site, whose search and links work", async () => {
    const missing = `${href()}guides/no/such/page`;
    const { page, problems } = await visit(browser(), missing);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Errors" }).waitFor();
    expect(await page.locator('a[href$="#_top"]').evaluate((link: HTMLAnchorElement) => link.href)).toBe(
      `${missing}#_top`,
    );
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("textbox", { name: "Search" }).fill("lock-out failed logins");
    const results = page.getByRole("dialog", { name: "Search" });
    await results.getByRole("link", { name: "Authentication", exact: true }).first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("main").getByRole("link", { name: "Quick start" }).click();
    await page.waitForURL(`${href()}quick-start/`);
    await page.getByRole("heading", { level: 1, name: "Quick start" }).waitFor();
    // The browser says in its console, too, that the page is missing.
    expect(problems.filter((problem) => !problem.startsWith("console:"))).toEqual([`404: ${missing}`]);
    await page.close();
  });
});

test("A chosen color scheme applies to the whole site, including the reference", async () => {
  const { page, problems } = await visit(browser(), `${host()}guides/errors/`, { colorScheme: "light" });
  await page.getByLabel("Select theme").first().selectOption("dark");
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  await page.waitForLoadState("networkidle");
  await page.goto(`${host()}v2/`);
  await showRedoc(page);
  await page.locator("html.dark").waitFor();
  await page.getByLabel("Select theme").first().selectOption("light");
  await page.locator("html.light").waitFor();
  // Redoc has been seen; the next visit has the text.
  await showText(page);
  await page.goto(`${host()}guides/errors/`);
  expect(await page.getByLabel("Select theme").first().inputValue()).toBe("light");
  await page.goto(`${host()}v2/`);
  await page.getByLabel("Select theme").first().selectOption("auto");
  await page.goto(`${host()}guides/errors/`);
  expect(await page.getByLabel("Select theme").first().inputValue()).toBe("auto");
  expect(problems).toEqual([]);
  await page.close();
});

test("An open page follows a change of the system's color scheme", async () => {
  const { page } = await visit(browser(), `${host()}guides/errors/`, { colorScheme: "light" });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator('html[data-theme="dark"]').waitFor();
  await page.close();
});

test("The first keyboard focus is a link that skips to the content", async () => {
  const { page } = await visit(browser(), `${host()}guides/errors/`);
  await page.keyboard.press("Tab");
  const focused = page.locator(":focus");
  expect(await focused.textContent()).toMatch(/skip to content/i);
  await page.keyboard.press("Enter");
  expect(new URL(page.url()).hash).toBe("#_top");
  await page.close();
});

test("The sidebar begins at the link to the current page, without moving the page", async () => {
  const { page } = await visit(browser(), `${host()}api/listener/testing/`);
  await page.setViewportSize({ width: 1440, height: 700 });
  await page.reload({ waitUntil: "networkidle" });
  const link = page.getByRole("navigation", { name: "Main" }).locator('[aria-current="page"]');
  const { y = -1, height = 0 } = (await link.boundingBox()) ?? {};
  expect(y).toBeGreaterThan(60);
  expect(y + height).toBeLessThan(700);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.close();
});

test("At 360 px the name of an option is whole", async () => {
  const { page } = await visit(browser(), `${host()}guides/client/`);
  await page.setViewportSize({ width: 360, height: 800 });
  const names = page.locator("td:first-child code");
  expect(await names.count()).toBeGreaterThan(10);
  const lines = await names.evaluateAll((elements) =>
    elements.map((element) => element.getClientRects().length),
  );
  expect(new Set(lines)).toEqual(new Set([1]));
  await page.close();
});

test("the reference has the document to download", async () => {
  const { page } = await visit(browser(), `${host()}v1/`);
  for (const [title, file] of [
    ["YAML", "openapi/v1.yaml"],
    ["JSON", "openapi/v1.json"],
    ["JSON for client generators", "openapi/v1.client.json"],
    ["Postman collection", "openapi/v1.postman.json"],
  ] as const) {
    const link = page.getByRole("link", { name: title, exact: true });
    expect(await link.evaluate((element: HTMLAnchorElement) => element.href)).toBe(host() + file);
  }
  await page.close();
});

describe("without JavaScript", () => {
  // The landing page, a guide, and one page of each folder that a template makes.
  const readable = ["", "quick-start/", "guides/errors/"].concat(
    ["reference/", "api/"].flatMap(
      (folder) => findShortest(pages.filter((path) => path.startsWith(folder))) ?? [],
    ),
  );

  test.concurrent.each(readable)("%s can be read", async (path) => {
    const { page, problems } = await visit(browser(), host() + path, { javaScriptEnabled: false });
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect((await page.getByRole("main").textContent())?.length).toBeGreaterThan(400);
    expect(problems).toEqual([]);
    await page.close();
  });

  const references = apis.map(({ name }) => `${name}/`);
  const read = isThorough ? references : references.filter((path) => path === findShortest(references));

  test.each(read.map((path) => path.replace("/", "")))(
    "the reference of %s has every operation, and no button",
    async (name) => {
      const { page, problems } = await visit(browser(), `${host()}${name}/`, { javaScriptEnabled: false });
      const main = page.getByRole("main");
      const headings = (await main.locator("h2:visible").allTextContents()).map((text) => text.trim());
      const summaries = listOperations(getApi(name)).map(({ summary }) => summary);
      expect(headings).toEqual(expect.arrayContaining(summaries));
      expect(await main.getByRole("button", { name: /Redoc/ }).count()).toBe(0);
      expect(problems).toEqual([]);
      await page.close();
    },
  );
});
