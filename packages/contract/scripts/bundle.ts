// Bundles the documents of spec/ into dist/documents, as JSON and YAML for people and tools, and gathers
// dist/catalogue.json for programs (see catalogue.d.ts), a key per API in the order of spec/redocly.yaml.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import RefParser from "@apidevtools/json-schema-ref-parser";
import { stringify } from "yaml";
import { apiOf } from "./catalogue.ts";
import { documentRoots } from "./spec.ts";

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const redocly = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));

const roots = await documentRoots();
await rm(here("dist"), { recursive: true, force: true });
await bundleDocuments(roots);
const catalogue: Record<string, unknown> = {};
for (const api of Object.keys(roots)) {
  const bundle = JSON.parse(await readFile(here(`dist/documents/${api}.json`), "utf8"));
  removeRepeatedOperationIds(bundle);
  await writeFile(here(`dist/documents/${api}.json`), JSON.stringify(bundle, null, 2));
  await writeFile(here(`dist/documents/${api}.yaml`), stringify(bundle, { aliasDuplicateObjects: false }));
  catalogue[api] = apiOf(await RefParser.dereference(bundle));
}
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

/** Runs `redocly bundle`, which leaves dist/documents/<api>.json. */
async function bundleDocuments(roots: Record<string, string>): Promise<void> {
  // The command line has no way to name several outputs; a configuration does.
  const outputs = Object.entries(roots).map(([api, root]) => [
    api,
    { root, output: here(`dist/documents/${api}.json`) },
  ]);
  const config = here("dist/redocly.yaml");
  await mkdir(here("dist"), { recursive: true });
  await writeFile(config, stringify({ telemetry: "off", apis: Object.fromEntries(outputs) }));
  // The build must not depend on the network.
  const env = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  execFileSync(process.execPath, [redocly, "bundle", "--config", config], { env, stdio: "pipe" });
  await rm(config);
}
