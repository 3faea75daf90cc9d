import { readdir, readFile, writeFile } from "node:fs/promises";
import { site } from "../src/site.ts";
import { output } from "./output.ts";

/**
 * Prepares the "not found" page. A host can show it at any depth, so its addresses need a base: `DOCS_SITE`, or the part
 * of the requested address before a folder of the site, which a script finds.
 */
export async function notFoundPage(): Promise<void> {
  const page = (await readFile(output("404.html"), "utf8")).replace("</body>", `${keepFragments}</body>`);
  const entries = await readdir(output(), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const based = site.given
    ? page.replace("<head>", `<head><base href="${site.href}">`)
    : loadAfter(page.replace("<head>", `<head>${findBase(folders)}`));
  await writeFile(output("404.html"), based);
}

const findBase = (folders: string[]) => `<script>
{
  const path = location.pathname.match(/^(.*?\\/)(?:${folders.join("|")})\\//);
  const base = document.createElement("base");
  base.href = path ? path[1] : location.pathname.replace(/[^/]*$/, "");
  document.head.append(base);
}
</script>`;

/**
 * Hides the files of the page from the browser until the base is known: a browser that reads ahead would request them
 * from the wrong folder.
 */
const loadAfter = (page: string) =>
  page
    .replace(/<link rel="stylesheet" href=/g, '<link rel="stylesheet" data-href=')
    .replace(/<script type="module" src=("[^"]*")>/g, '<script type="module">import $1;')
    .replace("</head>", `${loadStyles}</head>`);

const loadStyles = `<script>
for (const link of document.querySelectorAll("link[data-href]")) link.href = link.dataset.href;
</script>`;

/** Links within the page must not lead to the base. */
const keepFragments = `<script>
for (const link of document.querySelectorAll('a[href^="#"]'))
  link.href = location.href.replace(/#.*$/, "") + link.getAttribute("href");
</script>`;
