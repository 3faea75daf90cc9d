/**
 * The `base` that Astro builds the site with. The build then replaces it by relative addresses (scripts/relative.ts), so
 * that the same files work under any path of any host.
 */
export const root = "/__root__/";
