// Writes the terminal sessions that the docs show, from real runs in a terminal of 80 columns: node scripts/sessions.ts
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { playSessions } from "./terminal.ts";

const folder = fileURLToPath(new URL("../../../apps/docs/samples/shell/", import.meta.url));
mkdirSync(folder, { recursive: true });
for (const { name, text } of await playSessions()) writeFileSync(join(folder, `${name}.txt`), text);
