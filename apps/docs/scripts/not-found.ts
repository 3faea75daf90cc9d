import { readdir, writeFile } from "node:fs/promises";
import { site } from "../src/site.ts";
import { output } from "./output.ts";

/**
 * Writes the "not found" page. A host can show it at any depth, so it must not depend on other files. It finds the root
 * of the site from `DOCS_SITE`, or from a folder of the site in the requested address.
 */
export async function notFoundPage(): Promise<void> {
  const entries = await readdir(output(), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const base = site.given ? `<base href="${site.href}">` : `<script>${findRoot(folders)}</script>`;
  await writeFile(output("404.html"), page(base));
}

const findRoot = (folders: string[]) => `
{
  const path = location.pathname.match(/^(.*?\\/)(?:${folders.join("|")})\\//);
  const base = document.createElement("base");
  base.href = path ? path[1] : location.pathname.replace(/[^/]*$/, "");
  document.head.append(base);
}
`;

const page = (base: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${base}
<title>Not found | ThingSpace Callbacks</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; font: 1rem/1.6 ui-sans-serif, system-ui, sans-serif; }
body { max-width: 40rem; margin: 4rem auto; padding: 0 1.5rem; }
a { color: light-dark(#006ea3, #92d1fe); }
</style>
</head>
<body>
<main>
<h1>Page not found</h1>
<p>The address is wrong, or the page has moved.</p>
<ul>
<li><a href="./">ThingSpace Callbacks</a>: overview</li>
<li><a href="quick-start/">Quick start</a></li>
<li><a href="guides/">Guides</a></li>
<li><a href="reference/">Reference</a></li>
<li><a href="departures/">Departures</a></li>
</ul>
</main>
</body>
</html>
`;
