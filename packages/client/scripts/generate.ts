// Makes src/generated: copies of what @thingspace-callbacks/contract makes of each document, and the files of the scripts
// beside this one.
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { generations, services } from "@thingspace-callbacks/contract";
import { writeClients } from "./clients.ts";
import { writeDescriptions } from "./descriptions.ts";
import { writeFacts } from "./facts.ts";
import { writeOperations } from "./operations.ts";
import { writeRegistrations } from "./registrations.ts";

const folder = fileURLToPath(new URL("../src/generated/", import.meta.url));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

for (const { name } of services) {
  const types = new URL(import.meta.resolve(`@thingspace-callbacks/contract/generated/types/${name}.ts`));
  await copyFile(types, `${folder}${name}.ts`);
}
await copyFile(
  new URL(import.meta.resolve("@thingspace-callbacks/contract/sources/loopback.ts")),
  `${folder}loopback.ts`,
);

const files = {
  facts: writeFacts(services),
  descriptions: writeDescriptions(services),
  operations: writeOperations(services),
  registrations: writeRegistrations(generations),
  clients: writeClients(generations),
};
for (const [name, text] of Object.entries(files)) {
  await writeFile(
    `${folder}${name}.ts`,
    `// Generated from spec/ by packages/client/scripts. Do not edit.\n${text}`,
  );
}
