// Makes src/generated: what the command line knows of the documents, the types of the control API, and a small function.
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { writeFacts } from "./facts.ts";

const folder = fileURLToPath(new URL("../src/generated/", import.meta.url));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await copyFile(
  new URL(import.meta.resolve("@thingspace-callbacks/contract/sources/loopback.ts")),
  `${folder}loopback.ts`,
);
await copyFile(
  new URL(import.meta.resolve("@thingspace-callbacks/contract/generated/types/control.ts")),
  `${folder}control.ts`,
);
await writeFile(
  `${folder}facts.ts`,
  `// Generated from spec/ by packages/cli/scripts. Do not edit.\n${writeFacts()}`,
);
