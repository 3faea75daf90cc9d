/**
 * The `base` that Astro builds the site with. The build then replaces it by relative addresses (scripts/relative.ts), so
 * that the same files work under any path of any host.
 */
export const root = "/__root__/";

/** Returns the path of a page that is being built, without slashes around it: `guides/errors`, or "" for the landing page. */
export const pageAt = ({ pathname }: URL) => pathname.slice(root.length).replace(/\/$/, "");
