import { apis, listOperations } from "@thingspace-callbacks/contract";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { anchorOf } from "./complete.ts";
import { useBrowser } from "./use.ts";
import { visit } from "./visit.ts";

const mock = useMock();
const browser = useBrowser();

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
  "the reference of $name shows every operation, as text, from its origin alone",
  async (api) => {
    const operations = listOperations(api).map((operation) => ({
      anchor: anchorOf(operation),
      summary: operation.summary,
    }));
    // One page load per document: the script is the same for each operation, and the anchor chooses what it shows.
    const { page, problems } = await open(`/docs/${api.name}/`);
    expect(await findMissed(page, operations)).toEqual([]);
    expect(await page.title()).toBe(`${api.title} | ThingSpace Callbacks`);
    expect(problems).toEqual([]);
    await page.close();
  },
  120_000,
);

/** Goes to each operation, in the page itself, and returns those whose heading does not come into the window. */
const findMissed = (page: Page, operations: { anchor: string; summary: string }[]) =>
  page.evaluate(async (operations) => {
    const headings = [...document.querySelectorAll("#text h2")];
    const missed: string[] = [];
    for (const { anchor, summary } of operations) {
      const heading = headings.find(({ textContent }) => textContent.trim() === summary);
      const isInWindow = () => {
        const { top = -1, bottom = 0 } = heading?.getBoundingClientRect() ?? {};
        return top >= 0 && bottom <= innerHeight;
      };
      location.assign(anchor);
      const end = performance.now() + 30_000;
      while (heading && !isInWindow() && performance.now() < end) await new Promise(requestAnimationFrame);
      if (!isInWindow()) missed.push(anchor);
    }
    return missed;
  }, operations);
