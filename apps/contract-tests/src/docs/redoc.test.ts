import { getApi, listOperations } from "@thingspace-callbacks/contract";
import { expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { useBrowser, useStaticHost } from "./use.ts";
import { visit } from "./visit.ts";

const mock = useMock();
const browser = useBrowser();
const host = useStaticHost();

test("A second page of the reference transfers less than 100 kB", async () => {
  const context = await browser().newContext();
  const page = await context.newPage();
  await page.goto(`${mock.origin()}/docs/v1/`, { waitUntil: "networkidle" });
  await page.goto(`${mock.origin()}/docs/v2/`, { waitUntil: "networkidle" });
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
  await context.close();
});

test("A printed reference has every operation, and a link to none of the tools of others", async () => {
  const { page } = await visit(browser(), `${mock.origin()}/docs/v1/`);
  await page.emulateMedia({ media: "print" });
  for (const { summary } of listOperations(getApi("v1")))
    await page.locator("h2", { hasText: summary }).first().waitFor();
  for (const { operationId } of getApi("v1").operations)
    await page
      .locator(`[id="callbacks/${operationId.toLowerCase()}"]`)
      .getByText("Responses")
      .first()
      .waitFor();
  expect(await page.getByText(/ChatGPT|Claude/).count()).toBe(0);
  await page.close();
});

test("'Try it' sends the example of an operation to the mock that serves the page", async () => {
  const { page, problems } = await visit(browser(), `${mock.origin()}/docs/v1/`);
  await page.locator('a[href*="#try/registerCallback"]').click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.getByLabel("Headers").inputValue()).toContain("VZ-M2M-Token: any");
  await dialog.getByRole("button", { name: "Send" }).click();
  await dialog.getByText('"serviceName": "Fota"').waitFor();
  expect(await dialog.getByRole("status").textContent()).toMatch(/^200 /);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(problems).toEqual([]);
  await page.close();
});

test("'Try it' is offered nowhere but on a mock", async () => {
  const { page } = await visit(browser(), `${host()}v1/`);
  await page.locator("#redoc h2").first().waitFor();
  expect(await page.locator('a[href*="#try/"]').count()).toBe(0);
  await page.close();
});
