// Makes src/generated from the documents: types and checks of the messages, source addresses, examples. schema.ts writes
// the types as well as the checks, so that both say the same.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { generations } from "@thingspace-callbacks/contract";
import { addressesFile } from "./addresses.ts";
import { apisFile, examplesFile, messagesFile } from "./messages.ts";

const folder = fileURLToPath(new URL("../src/generated/", import.meta.url));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const files = {
  "messages.ts": messagesFile(generations),
  "apis.ts": apisFile(generations),
  "examples.ts": examplesFile(generations),
  "addresses.ts": addressesFile(generations),
};
const notice = "// Generated from spec/ by scripts/generate.ts. Do not edit.\n";
for (const [name, text] of Object.entries(files)) await writeFile(folder + name, notice + text);
