import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

/** Folder of the package spec. */
export const spec = dirname(fileURLToPath(import.meta.resolve("@thingspace-callbacks/spec/redocly.yaml")));

/** Returns the root file of each document by name, in the order of spec/redocly.yaml. */
export async function documentRoots(): Promise<Record<string, string>> {
  const { apis } = parse(await readFile(join(spec, "redocly.yaml"), "utf8")) as {
    apis: Record<string, { root: string }>;
  };
  return Object.fromEntries(Object.entries(apis).map(([name, { root }]) => [name, join(spec, root)]));
}

/** Returns the names of the documents, in the order of spec/redocly.yaml. */
export async function documentNames(): Promise<string[]> {
  return Object.keys(await documentRoots());
}
