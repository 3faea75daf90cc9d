import { findApi } from "@thingspace-callbacks/contract";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { findProblems } from "./axe.ts";
import { demandCompleteRedoc } from "./complete.ts";
import { findCover } from "./cover.ts";
import { findShortest, pages } from "./site.ts";
import { isThorough } from "./thorough.ts";
import { useBrowser, useStaticHost } from "./use.ts";
import { showRedoc, visit } from "./visit.ts";

const mock = useMock();
const browser = useBrowser();
const host = useStaticHost();

const widths = isThorough ? [360, 768, 1440, 1920] : [360, 1440];

type ColorScheme = "light" | "dark";

const findReferenced = (path: string) => findApi(path.replace(/\/$/, ""));

/** Long pages that are made by one template. */
const templates = [findReferenced, (path: string) => /^api\/./.test(path)];

/** All pages; without `test:looks`, the shortest of each template. */
const openedPages = pages.filter((path) => {
  const isAlike = templates.find((is) => is(path));
  return isThorough || !isAlike || path === findShortest(pages.filter(isAlike));
});

/** Without `test:looks`, every other page is opened in dark colors, and the others in light ones. */
const visits = openedPages.flatMap((path, index) => {
  const colorSchemes = ["light", "dark"] as const;
  return colorSchemes
    .filter((_, number) => isThorough || number === index % 2)
    .map((colorScheme) => ({ path, colorScheme }));
});

/** Pages that have every element and color which a reader of all can see in a color scheme. */
const covers = {
  light: await findCover(visits.filter(isIn("light")).map(({ path }) => path)),
  dark: await findCover(visits.filter(isIn("dark")).map(({ path }) => path)),
};

/** Without `test:looks`, axe looks at light pages of the cover at the smallest width, and at dark ones at a large width. */
const isAudited = (path: string, colorScheme: ColorScheme, width: number) =>
  isThorough || (covers[colorScheme].includes(path) && width === (colorScheme === "light" ? 360 : 1440));

const kB = 1_000;

test.concurrent.each(visits)(
  "/docs/$path, served by the mock, is not heavy, and in $colorScheme colors it has no problem at any width",
  async ({ path, colorScheme }) => {
    const { page, problems, weigh } = await visit(browser(), `${mock.origin()}/docs/${path}`, {
      colorScheme,
    });
    expect(await weigh()).toBeGreaterThan(0);
    expect(await weigh()).toBeLessThan(300 * kB);
    expect(await theme(page)).toBe(colorScheme);
    await demandReadable(page, path, colorScheme);
    const api = findReferenced(path);
    if (api) {
      await showRedoc(page);
      await demandCompleteRedoc(page, api);
      expect(await weigh()).toBeLessThan(1_000 * kB);
      expect(await theme(page)).toBe(colorScheme);
      await demandReadable(page, path, colorScheme);
    }
    expect(problems).toEqual([]);
    await page.close();
  },
  // axe looks at a page of the reference eight times: two views, four widths.
  isThorough ? 900_000 : 180_000,
);

/** Checks that nothing exceeds the window, and what axe finds. */
async function demandReadable(page: Page, path: string, colorScheme: ColorScheme) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflow(page), `${width} px`).toEqual([]);
    await codeIsReachable(page);
    if (isAudited(path, colorScheme, width)) expect(await findProblems(page), `${width} px`).toEqual([]);
  }
}

describe("from a static host below a path", () => {
  test.concurrent.each(isThorough ? openedPages : covers.light)(
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

function isIn(scheme: ColorScheme) {
  return ({ colorScheme }: { colorScheme: ColorScheme }) => colorScheme === scheme;
}

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
