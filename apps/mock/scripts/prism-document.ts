import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/**
 * Writes a document as the stock `prism mock` may have it: without `callbacks`, because with them Prism would POST to
 * whatever URL a request names.
 *
 * @returns the file.
 */
export async function writePrismDocument(api: string): Promise<string> {
  const bundle = new URL(import.meta.resolve(`@thingspace-callbacks/contract/documents/${api}.json`));
  const document = JSON.parse(await readFile(bundle, "utf8"), (key, value) =>
    key === "callbacks" ? undefined : value,
  );
  const folder = fileURLToPath(new URL("../dist/prism/", import.meta.url));
  await mkdir(folder, { recursive: true });
  // Whoever reads it meanwhile must not find half of it.
  const unfinished = `${folder}${api}.${process.pid}.json`;
  await writeFile(unfinished, JSON.stringify(document));
  await rename(unfinished, `${folder}${api}.json`);
  return `${folder}${api}.json`;
}
