import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { filesOf, output } from "./output.ts";

/** Size in bytes below which a file is not compressed, because it fits into one packet. */
const worthwhile = 1_400;

/** Writes `FILE.gz` beside every text file, for servers that can send compressed files, such as the mock. */
export async function compressedFiles(): Promise<void> {
  for (const file of await filesOf("**/*.{html,css,js,svg,json,yaml,md,txt,xml}")) {
    const text = await readFile(output(file));
    if (text.length < worthwhile) continue;
    await writeFile(output(`${file}.gz`), await promisify(gzip)(text, { level: 9 }));
  }
}
