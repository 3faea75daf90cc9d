import { expect, test } from "vitest";
import { useBrowser, useStaticHost } from "./use.ts";
import { visit } from "./visit.ts";

const browser = useBrowser();
const host = useStaticHost();

test("A printed guide has its text without navigation, and the addresses of its links", async () => {
  const { page } = await visit(browser(), `${host()}guides/errors/`, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  for (const hidden of [
    "nav.sidebar",
    ".pagination-links",
    "site-search",
    "starlight-theme-select",
    ".right-sidebar",
  ])
    expect(await page.locator(hidden).filter({ visible: true }).count(), hidden).toBe(0);
  const link = page.locator('.sl-markdown-content a[href^="https:"]').first();
  const shown = await link.evaluate((element) => getComputedStyle(element, "::after").content);
  expect(shown).toContain(await link.getAttribute("href"));
  await page.close();
});
