import { expect, test } from "vitest";
import { useBrowser, useStaticHost } from "./use.ts";
import { visit } from "./visit.ts";

const browser = useBrowser();
const host = useStaticHost();

/** The part of Pagefind's module that the test uses. */
interface Pagefind {
  search(words: string): Promise<{ results: { data(): Promise<{ url: string }> }[] }>;
}

/** Words that newcomers have typed, and the page that answers them. */
const searches = [
  { words: "install", page: "guides/install/" },
  { words: "npm", page: "guides/install/" },
  { words: "docker", page: "guides/install/" },
  { words: "webhook", page: "guides/receiving/" },
  { words: "retry", page: "guides/errors/" },
  { words: "rate limit", page: "guides/errors/" },
  { words: "java", page: "guides/vendor-sdk/" },
  { words: "reset", page: "control/#/state/deletestate" },
  { words: "deviceList", page: "guides/what-arrives/" },
  { words: "expired", page: "guides/authentication/" },
  { words: "python listener", page: "guides/receiving/" },
  { words: "migrate V1 to V3", page: "guides/generations/" },
];

test("The words that newcomers type lead to the page that answers them first", async () => {
  const { page } = await visit(browser(), `${host()}guides/errors/`);
  await page.addScriptTag({
    type: "module",
    content: 'globalThis.pagefind = await import("../../pagefind/pagefind.js");',
  });
  await page.waitForFunction(() => "pagefind" in globalThis);
  const found = await page.evaluate(async (asked) => {
    const { pagefind } = globalThis as unknown as { pagefind: Pagefind };
    const first = async ({ words }: { words: string }) => {
      const { results } = await pagefind.search(words);
      const { url } = (await results[0]?.data()) ?? { url: "" };
      return { words, page: url.replace(/^.*\/path\//, "").replace(/^\//, "") };
    };
    return Promise.all(asked.map(first));
  }, searches);
  expect(found).toEqual(searches);
  await page.close();
});
