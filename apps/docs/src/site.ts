import { getApi } from "@thingspace-callbacks/contract";

const given = process.env["DOCS_SITE"];
if (given !== undefined && !(URL.canParse(given) && given.endsWith("/"))) {
  throw new Error(`DOCS_SITE must be an absolute URL that ends with a slash, not ${JSON.stringify(given)}.`);
}

/**
 * Where the site will be found. Its pages work anywhere; only sitemap.xml, canonical links and the page for what does not
 * exist have to name an address, that of `DOCS_SITE` or else the mock's.
 */
export const site = {
  href: given ?? new URL("/docs/", getApi("v1").servers.mock).href,
  /** Whether somebody has said so. */
  given: given !== undefined,
};
