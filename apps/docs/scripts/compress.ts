import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { filesOf, output } from "./output.ts";

/** Files smaller than this gain nothing: they fit into a packet. */
const worthwhile = 1_400;

/** Puts `FILE.gz` beside every text, for servers that send what is already compressed, as the mock does. */
export async function compressedFiles(): Promise<void> {
  for (const file of await filesOf("**/*.{html,css,js,svg,json,yaml,md,txt,xml}")) {
    const text = await readFile(output(file));
    if (text.length < worthwhile) continue;
    await writeFile(output(`${file}.gz`), await promisify(gzip)(text, { level: 9 }));
  }
}
