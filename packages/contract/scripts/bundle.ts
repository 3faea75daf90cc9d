// Bundles the documents of spec/. It writes into dist:
//
//   documents/<api>.json, .yaml     the documents
//   tools/<api>.client.json         the same without callbacks and webhooks, for generators of clients
//   tools/<api>.postman.json        Postman collections
//   workflows/                      the Arazzo documents, as they are
//   served/                         all of these as the mock serves them: the mock is the first server
import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import type { RawDocument } from "../read/raw.ts";
import { readTokenFacts } from "../read/token-facts.ts";
import { clientDocument } from "./client-document.ts";
import { type Document, withMockFirst, withNamedCallbacks } from "./document.ts";
import { fillFacts } from "./fill-facts.ts";
import { collectNames, fillNames } from "./fill-names.ts";
import { postmanCollection } from "./postman.ts";
import { documentRoots, spec } from "./spec.ts";

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const redocly = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));

const roots = await documentRoots();
await rm(here("dist"), { recursive: true, force: true });
await bundleDocuments(roots);
await cp(join(spec, "workflows"), here("dist/workflows"), { recursive: true });
for (const folder of ["tools", "served"]) await mkdir(here(`dist/${folder}`));
const bundles = new Map<string, Document>();
for (const api of Object.keys(roots)) {
  bundles.set(api, JSON.parse(await readFile(here(`dist/documents/${api}.json`), "utf8")));
}
const names = collectNames(bundles);
const tokenFacts = readTokenFacts([...bundles.values()] as unknown as RawDocument[]);
for (const [api, bundle] of bundles) {
  const document = withNamedCallbacks(fillFacts(fillNames(bundle, names), tokenFacts));
  const served = withMockFirst(document);
  const collection = await postmanCollection(served);
  await writeDocument(here(`dist/documents/${api}`), document);
  await writeToolForms(here(`dist/tools/${api}`), document, collection);
  await writeDocument(here(`dist/served/${api}`), served);
  await writeToolForms(here(`dist/served/${api}`), served, collection);
}
/** Writes a document as JSON and YAML, for people and tools. */
async function writeDocument(file: string, document: Document): Promise<void> {
  await writeFile(`${file}.json`, json(document));
  await writeFile(`${file}.yaml`, stringify(document, { aliasDuplicateObjects: false }));
}

/** Writes the forms of a document that some tools need. */
async function writeToolForms(file: string, document: Document, collection: object): Promise<void> {
  await writeFile(`${file}.client.json`, json(clientDocument(document)));
  await writeFile(`${file}.postman.json`, json(collection));
}

function json(value: object): string {
  return JSON.stringify(value, null, 2);
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
