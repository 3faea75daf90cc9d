// Makes src/generated from the bundled documents: the types (openapi-typescript, one file per API) and the named
// operations (operations.ts). This is the only file that imports openapi-typescript.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import openapiTS, { astToString } from "openapi-typescript";
import { operationsFile } from "./operations.ts";

const folder = fileURLToPath(new URL("../src/generated/", import.meta.url));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

// An API without a production server is the mock's own.
const apis = Object.fromEntries(Object.entries(catalogue).filter(([, api]) => api.servers.production));

const notice = "// Generated from spec/ by scripts/generate.ts. Do not edit.\n";
for (const api of Object.keys(apis)) {
  const bundle = new URL(import.meta.resolve(`@thingspace-callbacks/contract/documents/${api}.yaml`));
  await writeFile(`${folder}${api}.ts`, notice + astToString(await openapiTS(bundle)));
}
await writeFile(`${folder}operations.ts`, notice + operationsFile(apis));
