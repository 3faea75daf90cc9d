// Writes src/generated from the documents: types and checks of the messages, source addresses, examples. schema.ts writes
// both the types and the checks, so that they cannot differ.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { generations } from "@thingspace-callbacks/contract";
import { writeAddresses } from "./addresses.ts";
import { writeApis, writeExamples, writeMessages, writeShapes, writeUpgrades } from "./messages.ts";

const folder = fileURLToPath(new URL("../src/generated/", import.meta.url));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const files = {
  "messages.ts": writeMessages(generations),
  "apis.ts": writeApis(generations),
  "shapes.ts": writeShapes(generations),
  "upgrades.ts": writeUpgrades(generations),
  "examples.ts": writeExamples(generations),
  "addresses.ts": writeAddresses(generations),
};
const notice = "// Generated from spec/ by scripts/generate.ts. Do not edit.\n";
for (const [name, text] of Object.entries(files)) await writeFile(folder + name, notice + text);
