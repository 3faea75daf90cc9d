import { expect, test } from "vitest";
import { useBrowser, useStaticHost } from "./use.ts";
import { visit } from "./visit.ts";

const browser = useBrowser();
const host = useStaticHost();

test("The assumptions and gaps can be filtered by document and evidence, without a script", async () => {
  const { page } = await visit(browser(), `${host()}departures/`, { javaScriptEnabled: false });
  const shown = () => page.locator(".departure:visible").count();
  const all = await shown();
  await page.getByLabel("v3", { exact: true }).check();
  const ofV3 = await shown();
  await page.getByLabel("unknown", { exact: true }).check();
  const open = await shown();
  expect([all, ofV3, open].every((count) => count > 0)).toBe(true);
  expect(ofV3).toBeLessThan(all);
  expect(open).toBeLessThan(ofV3);
  await page.close();
});
