import { apis } from "@thingspace-callbacks/contract";
import { expect, test } from "vitest";
import { files, pages, textOf } from "./site.ts";

const anchors = new Map<string, Set<string>>();
for (const path of pages) {
  const html = await textOf(`${path}index.html`);
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id ?? "");
  anchors.set(path, new Set([...ids, "_top"]));
}

/** Returns the problem of a link in a file of the site, if there is one. */
function wrong(file: string, href: string): string | undefined {
  if (/^(https?|data|mailto|blob):/.test(href)) return undefined;
  if (href.startsWith("/"))
    return `${href} begins with a slash: it would leave a path that the site is served below`;
  const { pathname, hash, origin } = new URL(
    href.replaceAll("&amp;", "&"),
    `http://site/deep/enough/${file}`,
  );
  const target = decodeURIComponent(pathname).replace(/^\/deep\/enough\//, "");
  if (origin !== "http://site" || target.startsWith("/")) return `${href} leaves the site`;
  if (target === "" || target.endsWith("/")) {
    const known = anchors.get(target);
    if (!known) return `${href}: there is no page ${target}`;
    const anchor = decodeURIComponent(hash.slice(1));
    return anchor && !known.has(anchor) ? `${href}: ${target} has no ${anchor}` : undefined;
  }
  return files.includes(target) ? undefined : `${href}: there is no file ${target}`;
}

test.each(pages.map((path) => `${path}index.html`))("every link and anchor of %s resolves", async (file) => {
  const html = (await textOf(file)).replace(/<script[^>]*>.*?<\/script>/gs, "");
  const links = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, href]) => href ?? "");
  expect(links.length).toBeGreaterThan(3);
  expect(links.map((href) => wrong(file, href)).filter(Boolean)).toEqual([]);
});

const markdownFiles = files.filter((file) => file.endsWith(".md") || /^llms.*\.txt$/.test(file));

test.each(markdownFiles)("every link of %s resolves", async (file) => {
  const text = (await textOf(file)).replace(/^( *)```.*?^\1```$/gms, "");
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, href]) => href ?? "");
  expect(links.map((href) => wrong(file, href)).filter(Boolean)).toEqual([]);
});

test("the list of guides has the guides of the sidebar, in the same order", async () => {
  const [sidebar = "", content = ""] = (await textOf("guides/index.html")).split("<main");
  const listGuides = (part: string) =>
    [...part.matchAll(/href="\.\.\/guides\/([^"]+)\/"/g)].map(([, name]) => name);
  const guides = pages.flatMap((path) => /^guides\/(.+)\/$/.exec(path)?.[1] ?? []);
  expect(listGuides(content)).toEqual(listGuides(sidebar));
  expect(listGuides(content).toSorted()).toEqual(guides.toSorted());
});

test("Redoc's pages link to where the site says", async () => {
  for (const { name: api } of apis) {
    const document = await textOf(`_redoc/${api}.json`);
    const links = [...document.matchAll(/\]\((\.\.\/[^)]*)\)/g)].map(([, href]) => href ?? "");
    expect(links.length).toBeGreaterThan(1);
    expect(links.map((href) => wrong(`${api}/index.html`, href)).filter(Boolean)).toEqual([]);
  }
});

test("the map of the site names every page", async () => {
  const map = await textOf("sitemap.xml");
  for (const path of pages) expect(map).toContain(`/docs/${path}</loc>`);
});
