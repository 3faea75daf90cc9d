import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { seriousProblems } from "./axe.ts";
import { pages } from "./site.ts";
import { useBrowser, useStaticHost } from "./use.ts";
import { visit } from "./visit.ts";

const mock = useMock();
const browser = useBrowser();
const host = useStaticHost();

/** Colours do not depend on the width, nor the layout on the colours: the widths are tried in one scheme. */
const looks = [
  { colorScheme: "light", widths: [360, 768, 1440] },
  { colorScheme: "dark", widths: [1440] },
] as const;

describe.each(looks)("in $colorScheme, served by the mock", ({ colorScheme, widths }) => {
  test.concurrent.each(pages)(
    "/docs/%s has no problem, not at any width",
    async (path) => {
      const { page, problems } = await visit(browser(), `${mock.origin()}/docs/${path}`, { colorScheme });
      expect(await theme(page)).toBe(colorScheme);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        expect(await overflow(page), `${width} px`).toEqual([]);
        await codeIsReachable(page);
        expect(await seriousProblems(page), `${width} px`).toEqual([]);
      }
      expect(problems).toEqual([]);
      await page.close();
    },
    120_000,
  );
});

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
