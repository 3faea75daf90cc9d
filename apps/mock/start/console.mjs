import { existsSync } from "node:fs";
import { join } from "node:path";
import { mockFolder } from "./folders.mjs";
import { filtersOf } from "./installation.mjs";
import { fingerprint, isDone, setDone } from "./stamp.mjs";
import { runPnpm } from "./step.mjs";

/**
 * Builds the console that the mock serves, if it or the documents have changed.
 *
 * @param {string} node
 */
export async function buildConsole(node) {
  const print = fingerprint(["spec", "packages/contract", "apps/mock/console"]);
  if (isDone("console", print) && existsSync(join(mockFolder, "dist/console/console.js"))) return;
  await runPnpm("Building the console", [...filtersOf(["mock"]), "run", "console"], { node });
  setDone("console", print);
}
