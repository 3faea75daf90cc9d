import { glob, rename, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Returns the absolute path of a file of the site that is being built. */
export const output = (path = "") => fileURLToPath(new URL(`../building/${path}`, import.meta.url));

/** Puts the site that was built in the place of the one before, in one step: a mock may be serving that. */
export async function publishOutput(): Promise<void> {
  const dist = fileURLToPath(new URL("../dist/", import.meta.url));
  await rm(dist, { recursive: true, force: true });
  await rename(output(), dist);
}

/** Finds files of the site by a pattern, and returns their paths from the site's root, with forward slashes. */
export async function filesOf(pattern: string): Promise<string[]> {
  const files = await Array.fromAsync(glob(pattern, { cwd: output() }));
  return files.map((file) => file.replaceAll("\\", "/")).sort();
}

/** Returns the relative path from a page to the site's root: `./`, `../` or `../../`. */
export const upFrom = (page: string) => "../".repeat(page.split("/").length - 1) || "./";
