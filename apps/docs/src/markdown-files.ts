import { findApi } from "@thingspace-callbacks/contract";

/**
 * Returns the file, from the root of the site, that has a page in Markdown: `guides/errors.md` for `guides/errors`. Redoc's
 * page and the plain page of a document share one file. Only the "not found" page has none.
 */
export function markdownFileOf(page: string): string | undefined {
  if (page === "404") return undefined;
  if (findApi(page)) return `reference/${page}.md`;
  return `${page || "index"}.md`;
}
