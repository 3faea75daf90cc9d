// Finishes what `redocly bundle` left in dist/<api>.json: writes it again as JSON and YAML for people and tools, and
// gathers dist/catalogue.json for programs (see catalogue.d.ts), a key per API in redocly.yaml's order.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import RefParser from "@apidevtools/json-schema-ref-parser";
import { parse, stringify } from "yaml";
import { apiOf } from "./catalogue.ts";

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const { apis } = parse(await readFile(here("redocly.yaml"), "utf8")) as { apis: object };
const catalogue: Record<string, unknown> = {};
for (const api of Object.keys(apis)) {
  const bundle = JSON.parse(await readFile(here(`dist/${api}.json`), "utf8"));
  removeRepeatedOperationIds(bundle);
  await writeFile(here(`dist/${api}.json`), JSON.stringify(bundle, null, 2));
  await writeFile(here(`dist/${api}.yaml`), stringify(bundle, { aliasDuplicateObjects: false }));
  catalogue[api] = apiOf(await RefParser.dereference(bundle));
}
await removeStale(Object.keys(apis));
await writeFile(here("dist/catalogue.json"), JSON.stringify(catalogue, null, 2));

/**
 * The one description of a message is referenced as a webhook and as a callback. Bundling copies it to each place, and
 * an operationId may occur once in a document: the webhook keeps it.
 */
function removeRepeatedOperationIds({ paths }: { paths: Record<string, object> }): void {
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item))) {
    for (const callback of Object.values(operation.callbacks ?? {})) {
      for (const item of Object.values(callback as object)) delete item.post.operationId;
    }
  }
}

/** Removes what an earlier build made of documents that are gone. */
async function removeStale(apis: string[]): Promise<void> {
  const current = new Set(apis.flatMap((api) => [`${api}.json`, `${api}.yaml`]));
  for (const file of await readdir(here("dist"))) if (!current.has(file)) await rm(here(`dist/${file}`));
}
