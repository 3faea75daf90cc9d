import { readFile, writeFile } from "node:fs/promises";
import { root } from "../src/root.ts";
import { filesOf, output, upFrom } from "./output.ts";

/**
 * Makes every address relative to the page or script that contains it. The site is built with a unique base, so that
 * this function can find it; the links in guides begin with a slash.
 */
export async function relativeAddresses(): Promise<void> {
  await rewrite("**/*.html", (text, page) =>
    text.replaceAll(root, upFrom(page)).replace(/(\s(?:href|src)=")\/(?!\/)/g, `$1${upFrom(page)}`),
  );
  await rewrite("**/*.css", (text, file) => text.replaceAll(root, upFrom(file)));
  // A script can compute the root from its own address, whichever page runs it.
  await rewrite("_astro/*.js", (text, file) =>
    text.replace(
      new RegExp(`(["'\`])${root}\\1`, "g"),
      () => `(new URL(${JSON.stringify(upFrom(file))},import.meta.url).pathname)`,
    ),
  );
}

async function rewrite(pattern: string, change: (text: string, file: string) => string): Promise<void> {
  for (const file of await filesOf(pattern)) {
    const text = change(await readFile(output(file), "utf8"), file);
    if (text.includes(root)) throw new Error(`${file} still has an address that begins with ${root}`);
    await writeFile(output(file), text);
  }
}
