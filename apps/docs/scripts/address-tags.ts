import { readFile, writeFile } from "node:fs/promises";
import { addressTags } from "../src/address-tags.ts";
import { site } from "../src/site.ts";
import { filesOf, output } from "./output.ts";

/**
 * Adds what needs the address of the site to each page, if `DOCS_SITE` is set: the canonical link for search engines, and
 * the picture that is shown where somebody shares a link.
 */
export async function addAddressTags(): Promise<void> {
  if (!site.given) return;
  for (const file of await filesOf("**/index.html")) {
    const html = await readFile(output(file), "utf8");
    const tags = addressTags(file.replace(/index\.html$/, ""), site.href);
    await writeFile(output(file), html.replace("</head>", `${tags}\n</head>`));
  }
}
