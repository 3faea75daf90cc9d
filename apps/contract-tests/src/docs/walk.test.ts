import { findApi } from "@thingspace-callbacks/contract";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { seriousProblems } from "./axe.ts";
import { findShortest, pages } from "./site.ts";
import { useBrowser, useStaticHost } from "./use.ts";
import { redocIsRendered, visit } from "./visit.ts";

const mock = useMock();
const browser = useBrowser();
const host = useStaticHost();

const widths = [360, 768, 1440, 1920];

/** True in `pnpm test:looks`, which runs at night. Otherwise axe, which takes most of the time, looks at fewer pages. */
const isThorough = process.env["MODE"] === "looks";

/** Without `test:looks`, the smallest width in one color scheme and a large one in the other. */
const isAudited = (colorScheme: "light" | "dark", width: number) =>
  isThorough || width === (colorScheme === "light" ? 360 : 1440);

/** The long pages of these folders are made by one template: without `test:looks`, the shortest of each. */
const auditedPages = pages.filter((path) => {
  const alike = ["reference/", "api/"].find((folder) => path.startsWith(folder) && path !== folder);
  return isThorough || !alike || path === findShortest(pages.filter((page) => page.startsWith(alike)));
});

const kB = 1_000;
const isReference = (path: string) => findApi(path.replace(/\/$/, "")) !== undefined;

test.concurrent.each(pages)(
  "/docs/%s, served by the mock, is light and has no problem in either scheme, not at any width",
  async (path) => {
    const { page, problems, weigh } = await visit(browser(), `${mock.origin()}/docs/${path}`);
    expect(await weigh()).toBeGreaterThan(0);
    expect(await weigh()).toBeLessThan(isReference(path) ? 1_000 * kB : 300 * kB);
    expect(await theme(page)).toBe("light");
    await demandReadable(page, path, "light");
    // The layout does not depend on the colors: a page that axe leaves out is not opened again.
    if (auditedPages.includes(path)) {
      await page.emulateMedia({ colorScheme: "dark" });
      await page.reload({ waitUntil: "networkidle" });
      await redocIsRendered(page);
      expect(await theme(page)).toBe("dark");
      await demandReadable(page, path, "dark");
    }
    expect(problems).toEqual([]);
    await page.close();
  },
  180_000,
);

/** Checks that nothing exceeds the window, and what axe finds. */
async function demandReadable(page: Page, path: string, colorScheme: "light" | "dark") {
  for (const width of widths.filter((width) => colorScheme === "light" || isAudited(colorScheme, width))) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflow(page), `${width} px`).toEqual([]);
    await codeIsReachable(page);
    if (auditedPages.includes(path) && isAudited(colorScheme, width))
      expect(await seriousProblems(page), `${width} px`).toEqual([]);
  }
}

describe("from a static host below a path", () => {
  test.concurrent.each(pages)(
    "%s has no problem",
    async (path) => {
      const { page, problems } = await visit(browser(), host() + path);
      expect(problems).toEqual([]);
      await page.close();
    },
    60_000,
  );
});

/** Returns the color scheme of the page, from its background. */
const theme = (page: Page) =>
  page.evaluate(() => {
    const [red = 255] =
      getComputedStyle(document.body)
        .backgroundColor.match(/[\d.]+/g)
        ?.map(Number) ?? [];
    return red < 128 ? "dark" : "light";
  });

/** Waits until the blocks of code that scroll at this width can be reached by keyboard, which a script sees to. */
const codeIsReachable = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll(".expressive-code pre")].every(
      (pre) => pre.scrollWidth <= pre.clientWidth || pre.hasAttribute("tabindex"),
    ),
  );

/** Returns the elements that exceed the window on the right, except those inside a scrollable element that does not. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide`] : [];
  });
