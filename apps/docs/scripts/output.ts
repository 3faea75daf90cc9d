import { glob } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Returns the absolute path of a file in dist. */
export const output = (path = "") => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));

/** Finds files in dist by a pattern, and returns their paths from the site's root, with forward slashes. */
export async function filesOf(pattern: string): Promise<string[]> {
  const files = await Array.fromAsync(glob(pattern, { cwd: output() }));
  return files.map((file) => file.replaceAll("\\", "/")).sort();
}

/** Returns the relative path from a page to the site's root: `./`, `../` or `../../`. */
export const upFrom = (page: string) => "../".repeat(page.split("/").length - 1) || "./";
