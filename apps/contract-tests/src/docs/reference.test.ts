import { apis, listOperations } from "@thingspace-callbacks/contract";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { useBrowser } from "./use.ts";
import { showRedoc, visit } from "./visit.ts";

const mock = useMock();
const browser = useBrowser();

const headingOf = (page: Page, summary: string) =>
  page.locator("#redoc h2", { hasText: new RegExp(`^${summary}`) }).first();

const isInWindow = (element: Element | null) => {
  const { top = -1, bottom = 0 } = element?.getBoundingClientRect() ?? {};
  return top >= 0 && bottom <= innerHeight;
};

const open = (path: string) => visit(browser(), mock.origin() + path);

test.concurrent.each(["/", "/docs/", "/docs/reference/"])(
  "the page at %s leads to every reference",
  async (path) => {
    const { page, problems } = await open(path);
    const link = (title: string) => page.getByRole("main").getByRole("link", { name: title, exact: true });
    for (const { name, title } of apis) {
      const href = await link(title).evaluate((element: HTMLAnchorElement) => element.href);
      expect(href).toBe(`${mock.origin()}/docs/${name}/`);
    }
    const [first] = apis;
    await link(first?.title ?? "").click();
    await page.waitForURL(`${mock.origin()}/docs/${first?.name}/`);
    await page.waitForLoadState("networkidle");
    expect(problems).toEqual([]);
    await page.close();
  },
  120_000,
);

test.concurrent.each(apis)(
  "the reference of $name shows every operation, as text and with Redoc, and names every schema, from its origin alone",
  async (api) => {
    const [first, ...others] = listOperations(api).map(({ tag, operationId, summary }) => ({
      anchor: `#/${tag.replaceAll(" ", "-")}/${operationId}`.toLowerCase(),
      summary,
    }));
    // One page load per document: the script is the same for each operation, and the anchor chooses what it shows.
    const { page, problems } = await open(`/docs/${api.name}/${first?.anchor}`);
    for (const { anchor, summary } of others) {
      await page.evaluate((hash) => location.assign(hash), anchor);
      const heading = page.locator("#text").getByRole("heading", { name: summary, exact: true });
      await page.waitForFunction(isInWindow, await heading.elementHandle());
    }
    await page.evaluate((hash) => location.assign(hash), first?.anchor ?? "");
    await showRedoc(page);
    await headingOf(page, first?.summary ?? "").waitFor();
    for (const { anchor, summary } of others) {
      await page.evaluate((hash) => location.assign(hash), anchor);
      await headingOf(page, summary).waitFor();
    }
    expect(await page.getByText(/object \(\d\)/).count()).toBe(0);
    expect(await page.title()).toBe(`${api.title} | ThingSpace Callbacks`);
    expect(problems).toEqual([]);
    await page.close();
  },
  120_000,
);
