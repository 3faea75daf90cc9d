import { readFile, writeFile } from "node:fs/promises";
import { site } from "../src/site.ts";
import { filesOf, output } from "./output.ts";

/** Adds the canonical link for search engines to each page, if `DOCS_SITE` is set. */
export async function canonicalLinks(): Promise<void> {
  if (!site.given) return;
  for (const file of await filesOf("**/index.html")) {
    const { href } = new URL(file.replace(/index\.html$/, ""), site.href);
    const html = await readFile(output(file), "utf8");
    await writeFile(output(file), html.replace("</head>", `<link rel="canonical" href="${href}">\n</head>`));
  }
}
