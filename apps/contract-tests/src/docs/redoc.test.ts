import { getApi, listOperations } from "@thingspace-callbacks/contract";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { demandCompleteRedoc } from "./complete.ts";
import { bytesOf, files, textOf } from "./site.ts";
import { useBrowser, useStaticHost } from "./use.ts";
import { redocIsRendered, showRedoc, showText, visit } from "./visit.ts";

const mock = useMock();
const browser = useBrowser();
const host = useStaticHost();

test("A page of the reference has its text; Redoc comes when the reader asks for it, and stays for the next page", async () => {
  const { page, problems } = await visit(browser(), `${mock.origin()}/docs/v1/`);
  const requested: string[] = [];
  page.on("request", (request) => requested.push(new URL(request.url()).pathname));
  await page.reload({ waitUntil: "networkidle" });
  await page.locator("#text").getByRole("heading", { name: "Register callback", exact: true }).waitFor();
  expect(requested.filter((path) => path.includes("/_redoc/"))).toEqual([]);
  await showRedoc(page);
  expect(requested.filter((path) => path.includes("/_redoc/"))).toHaveLength(2);
  await demandCompleteRedoc(page, getApi("v1"));
  expect(await page.locator("#text").isVisible()).toBe(false);

  await page.goto(`${mock.origin()}/docs/v2/`, { waitUntil: "networkidle" });
  await redocIsRendered(page);
  await demandCompleteRedoc(page, getApi("v2"));
  const sizes = await page.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].map(
      (entry) => {
        const { name, transferSize } = entry as PerformanceResourceTiming;
        return { name, transferSize };
      },
    ),
  );
  expect(sizes.find(({ name }) => /redoc\.[0-9a-f]+\.js$/.test(name))?.transferSize).toBe(0);
  expect(sizes.reduce((sum, { transferSize }) => sum + transferSize, 0)).toBeLessThan(100_000);

  await showText(page);
  await page.goto(`${mock.origin()}/docs/v3/`, { waitUntil: "networkidle" });
  expect(await page.locator("#text").isVisible()).toBe(true);
  expect(await page.locator("#redoc").isVisible()).toBe(false);
  expect(problems).toEqual([]);
  await page.close();
});

test("Redoc and the text replace each other at the operation that is being read, at any width, and the address stays", async () => {
  const address = `${mock.origin()}/docs/v1/#/callbacks/deregistercallback`;
  const { page } = await visit(browser(), address);
  const scrollTo = (id: string) =>
    page.locator(`[id="${id}"]`).evaluate((element) => element.scrollIntoView({ behavior: "instant" }));
  const topOf = (id: string) =>
    page.locator(`[id="${id}"]`).evaluate((element) => element.getBoundingClientRect().top);
  const isAtTop = (id: string) =>
    expect.poll(() => topOf(id), { timeout: 60_000 }).toSatisfy((top: number) => top >= 0 && top < 300);
  // The button is at the top of the page; a pointer would scroll to it.
  const press = () => page.locator(".views button").evaluate((button: HTMLElement) => button.click());
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await scrollTo("/callbacks/deregistercallback");
    await isAtTop("/callbacks/deregistercallback");
    await press();
    await redocIsRendered(page);
    await isAtTop("callbacks/deregistercallback");
    expect(page.url()).toBe(address);
    await scrollTo("callbacks/registercallback");
    await press();
    await isAtTop("/callbacks/registercallback");
  }
  await page.close();
});

test("Redoc's script has the size that the page of the reference names", async () => {
  const [, named] = /script of ([\d.]+) MB/.exec(await textOf("v1/index.html")) ?? [];
  const script = files.find((file) => /redoc\.[0-9a-f]+\.js\.gz$/.test(file)) ?? "";
  expect(((await bytesOf(script)).length / 1_000_000).toFixed(1)).toBe(named);
});

describe.each([{ view: "text" }, { view: "redoc" }])("in the view $view", ({ view }) => {
  let page: Page;
  let problems: string[];
  beforeAll(async () => {
    ({ page, problems } = await visit(browser(), `${mock.origin()}/docs/v1/`));
    if (view === "redoc") await showRedoc(page);
  });
  afterAll(() => page.close());

  test("A printed reference has every operation, and a link to none of the tools of others", async () => {
    await page.emulateMedia({ media: "print" });
    for (const { summary } of listOperations(getApi("v1")))
      await page.locator(`#${view} h2`, { hasText: summary }).first().waitFor();
    if (view === "redoc")
      for (const { operationId } of getApi("v1").operations)
        await page
          .locator(`[id="callbacks/${operationId.toLowerCase()}"]`)
          .getByText("Responses")
          .first()
          .waitFor();
    expect(await page.getByText(/ChatGPT|Claude/).count()).toBe(0);
    await page.emulateMedia({ media: null });
  });

  test("'Try it' sends the example of an operation to the mock that serves the page", async () => {
    await page.locator(`#${view} a[href*="#try/registerCallback"]`).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByLabel("Headers").inputValue()).toContain("VZ-M2M-Token: any");
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByText('"serviceName": "Fota"').waitFor();
    expect(await dialog.getByRole("status").textContent()).toMatch(/^200 /);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  });
});

describe("on a static host", () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await visit(browser(), `${host()}v1/#/callbacks/registercallback`));
  });
  afterAll(() => page.close());

  // The first test: the next ones use its Redoc.
  test("A page whose Redoc cannot be loaded keeps its text, says so, and can try again", async () => {
    await page.route("**/_redoc/v1.json", (route) => route.abort());
    await page.getByRole("button", { name: "Show with Redoc" }).click();
    await page.getByRole("alert").filter({ hasText: /\S/ }).waitFor();
    expect(await page.locator("#text").isVisible()).toBe(true);
    await page.unroute("**/_redoc/v1.json");
    await showRedoc(page);
    expect(await page.getByRole("alert").filter({ hasText: /\S/ }).count()).toBe(0);
  });

  test("'Try it' is offered nowhere but on a mock", async () => {
    await showRedoc(page);
    expect(await page.locator('a[href*="#try/"]').count()).toBe(0);
  });

  test("Redoc has a sample in each language", async () => {
    await showRedoc(page);
    const panel = page.locator('[id="callbacks/registercallback"] .panel-request-samples');
    for (const [language, words] of samples) {
      await chooseLanguage(panel, language);
      await panel.locator("pre").filter({ hasText: words }).waitFor();
    }
  });
});

const samples = [
  ["curl", "--header"],
  ["TypeScript", "createThingSpaceClient"],
  ["Python", "urllib.request"],
  ["Java", "HttpRequest.newBuilder"],
  ["Go", "http.NewRequest"],
  ["C#", "HttpClient"],
  ["PHP", "curl_init"],
  ["Ruby", "net/http"],
] as const;

async function chooseLanguage(panel: Locator, language: string) {
  await panel.getByRole("button", { name: /^(curl|TypeScript|Python|Java|Go|C#|PHP|Ruby)$/ }).click();
  await panel
    .page()
    .getByRole("menuitem")
    .filter({ hasText: new RegExp(`^${language}$`), visible: true })
    .click();
}
