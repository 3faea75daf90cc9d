import { glob } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** A place in dist. */
export const output = (path = "") => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));

/** Files in dist by pattern, as paths from the site's root with forward slashes. */
export async function filesOf(pattern: string): Promise<string[]> {
  const files = await Array.fromAsync(glob(pattern, { cwd: output() }));
  return files.map((file) => file.replaceAll("\\", "/")).sort();
}

/** What leads from a page, given by its path from the site's root, to that root: `./`, `../`, `../../`. */
export const upFrom = (page: string) => "../".repeat(page.split("/").length - 1) || "./";
