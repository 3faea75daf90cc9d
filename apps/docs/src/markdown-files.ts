import { findApi } from "@thingspace-callbacks/contract";

/**
 * Returns the file, from the root of the site, that has a page in Markdown: `guides/errors.md` for `guides/errors`. The
 * file of a document has samples in more languages than its page. Only the "not found" page has none.
 */
export function markdownFileOf(page: string): string | undefined {
  if (page === "404") return undefined;
  if (findApi(page)) return `reference/${page}.md`;
  return `${page || "index"}.md`;
}
