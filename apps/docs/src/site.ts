import { getApi } from "@thingspace-callbacks/contract";

const given = process.env["DOCS_SITE"];
if (given !== undefined && !(URL.canParse(given) && given.endsWith("/"))) {
  throw new Error(`DOCS_SITE must be an absolute URL that ends with a slash, not ${JSON.stringify(given)}.`);
}

/**
 * Address of the site: `DOCS_SITE`, or the mock's address by default. Only sitemap.xml, canonical links,
 * `og:image` and the "not found" page contain it; everything else works at any address.
 */
export const site = {
  href: given ?? new URL("/docs/", getApi("v1").servers.mock).href,
  /** True if `DOCS_SITE` is set. */
  given: given !== undefined,
};
