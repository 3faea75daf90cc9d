import { findApi } from "@thingspace-callbacks/contract";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { findProblems } from "./axe.ts";
import { findShortest, pages } from "./site.ts";
import { useBrowser, useStaticHost } from "./use.ts";
import { redocIsRendered, showRedoc, visit } from "./visit.ts";

const mock = useMock();
const browser = useBrowser();
const host = useStaticHost();

/** True in `pnpm test:looks`, which runs at night. Otherwise fewer pages are opened, and axe looks at each of them once. */
const isThorough = process.env["MODE"] === "looks";

const widths = isThorough ? [360, 768, 1440, 1920] : [360, 1440];

type ColorScheme = "light" | "dark";

/** Without `test:looks`, every other page is audited in the dark at a large width, and the others in the light at the smallest. */
const isAudited = (path: string, colorScheme: ColorScheme, width: number) =>
  isThorough ||
  (openedPages.indexOf(path) % 2 === 0
    ? colorScheme === "light" && width === 360
    : colorScheme === "dark" && width === 1440);

const isReference = (path: string) => findApi(path.replace(/\/$/, "")) !== undefined;

/** Long pages that are made by one template. */
const templates = [isReference, (path: string) => /^api\/./.test(path)];

/** All pages; without `test:looks`, the shortest of each template. */
const openedPages = pages.filter((path) => {
  const isAlike = templates.find((is) => is(path));
  return isThorough || !isAlike || path === findShortest(pages.filter(isAlike));
});

const kB = 1_000;

test.concurrent.each(openedPages)(
  "/docs/%s, served by the mock, is light and has no problem in either scheme, not at any width",
  async (path) => {
    const { page, problems, weigh } = await visit(browser(), `${mock.origin()}/docs/${path}`);
    expect(await weigh()).toBeGreaterThan(0);
    expect(await weigh()).toBeLessThan(300 * kB);
    expect(await theme(page)).toBe("light");
    await demandReadable(page, path, "light");
    if (isReference(path)) {
      await showRedoc(page);
      expect(await weigh()).toBeLessThan(1_000 * kB);
      await demandReadable(page, path, "light");
    }
    // The layout does not depend on the colors.
    if (widths.some((width) => isAudited(path, "dark", width))) {
      await page.emulateMedia({ colorScheme: "dark" });
      await page.reload({ waitUntil: "networkidle" });
      if (isReference(path)) await redocIsRendered(page);
      expect(await theme(page)).toBe("dark");
      await demandReadable(page, path, "dark");
      if (isReference(path)) {
        await page.getByRole("button", { name: "Show the text alone" }).click();
        await demandReadable(page, path, "dark");
      }
    }
    expect(problems).toEqual([]);
    await page.close();
  },
  // axe looks at a page of the reference 16 times: two views, two schemes, four widths.
  isThorough ? 900_000 : 180_000,
);

/** Checks that nothing exceeds the window, and what axe finds. */
async function demandReadable(page: Page, path: string, colorScheme: ColorScheme) {
  for (const width of widths) {
    if (colorScheme === "dark" && !isAudited(path, colorScheme, width)) continue;
    await page.setViewportSize({ width, height: 900 });
    expect(await overflow(page), `${width} px`).toEqual([]);
    await codeIsReachable(page);
    if (isAudited(path, colorScheme, width)) expect(await findProblems(page), `${width} px`).toEqual([]);
  }
}

describe("from a static host below a path", () => {
  test.concurrent.each(openedPages.filter((_path, index) => isThorough || index % 3 === 0))(
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
