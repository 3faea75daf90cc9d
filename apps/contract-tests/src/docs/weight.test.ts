import { findApi } from "@thingspace-callbacks/contract";
import { expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { pages } from "./site.ts";
import { useBrowser } from "./use.ts";

const mock = useMock();
const browser = useBrowser();

const kB = 1_000;
const isReference = (path: string) => findApi(path.replace(/\/$/, "")) !== undefined;

test.concurrent.each(pages)(
  "%s is light",
  async (path) => {
    const transferred = await weight(`${mock.origin()}/docs/${path}`);
    expect(transferred).toBeGreaterThan(0);
    expect(transferred).toBeLessThan(isReference(path) ? 1_000 * kB : 300 * kB);
  },
  60_000,
);

/** Bytes that a first visit transfers, with everything that the page loads by itself: headers and compressed bodies. */
async function weight(url: string): Promise<number> {
  const page = await browser().newPage();
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (!request.url().startsWith("http")) return;
    sizes.push(
      request
        .sizes()
        .then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize),
    );
  });
  await page.goto(url, { waitUntil: "networkidle" });
  const all = await Promise.all(sizes);
  await page.close();
  return all.reduce((sum, size) => sum + size, 0);
}
