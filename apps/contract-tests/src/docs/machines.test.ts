import { addressTags } from "@thingspace-callbacks/docs/address-tags";
import { expect, test } from "vitest";
import { bytesOf, pages, textOf } from "./site.ts";

test.each(pages)(
  "The page %s links to itself in Markdown, which has its title and its code",
  async (path) => {
    const html = await textOf(`${path}index.html`);
    const [, href = ""] =
      /<a href="([^"]+\.md)"[^>]*>(?:<svg.*?<\/svg>)?\s*This page in Markdown/s.exec(html) ?? [];
    const { pathname } = new URL(href, `http://site/${path}`);
    const markdown = await textOf(pathname.slice(1));
    expect(markdown).toMatch(/^# \S/);
    expect(markdown).not.toMatch(/__root__|class="/);
    // The Markdown of a document has more samples than its page.
    const blocks = html.match(/<pre data-language/g)?.length ?? 0;
    expect(markdown.match(/^ *```\w/gm)?.length ?? 0).toBeGreaterThanOrEqual(blocks);
  },
);

test("llms-full.txt has the text of every page", async () => {
  const text = await textOf("llms-full.txt");
  const titles = new Set(text.match(/^# .*$/gm));
  for (const path of pages) {
    const [, title = ""] = /<title>(.*?) \|/.exec(await textOf(`${path}index.html`)) ?? [];
    if (path !== "") expect(titles, path).toContain(`# ${title}`);
  }
});

test("A page at a known address says its address and its picture, which is as large as the page says", async () => {
  const tags = addressTags("guides/errors/", "https://docs.example.com/callbacks/");
  expect(tags).toContain('rel="canonical" href="https://docs.example.com/callbacks/guides/errors/"');
  expect(tags).toContain('property="og:image" content="https://docs.example.com/callbacks/social.png"');
  const png = await bytesOf("social.png");
  expect(tags).toContain(`og:image:width" content="${png.readUInt32BE(16)}"`);
  expect(tags).toContain(`og:image:height" content="${png.readUInt32BE(20)}"`);
});

test.each(pages)(
  "The page %s does not name a picture without an address, and repeats no part of its title",
  async (path) => {
    const html = await textOf(`${path}index.html`);
    expect(html.includes('property="og:image')).toBe(false);
    const parts = (/<title>(.*?)<\/title>/.exec(html)?.[1] ?? "").split(/ \| |: /);
    expect(new Set(parts).size, parts.join(", ")).toBe(parts.length);
  },
);
