// Makes src/generated: a copy of the types of each document, which @thingspace-callbacks/contract makes, and the named
// operations (operations.ts).
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { services, tokens } from "@thingspace-callbacks/contract";
import { operationsFile } from "./operations.ts";

const folder = fileURLToPath(new URL("../src/generated/", import.meta.url));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

for (const { name } of services) {
  const types = new URL(import.meta.resolve(`@thingspace-callbacks/contract/generated/types/${name}.ts`));
  await copyFile(types, `${folder}${name}.ts`);
}
const notice = "// Generated from spec/ by scripts/generate.ts. Do not edit.\n";
await writeFile(`${folder}operations.ts`, notice + operationsFile(services));
await writeFile(`${folder}facts.ts`, notice + factsFile());

function factsFile(): string {
  return [
    "/** Lifetime of an access token, in seconds. */",
    `export const accessTokenSeconds = ${tokens.accessTokenSeconds};`,
    "",
    "/** How long a session lives without use, in seconds. */",
    `export const sessionIdleSeconds = ${tokens.sessionIdleSeconds};`,
    "",
    "/** Failed logins in a row that lock a user. */",
    `export const failuresToLock = ${tokens.failuresToLock};`,
    "",
  ].join("\n");
}
