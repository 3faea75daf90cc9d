import { filtersOf } from "./installation.mjs";
import { fingerprint, isDone, setDone } from "./stamp.mjs";
import { runPnpm } from "./step.mjs";

/**
 * Builds the contract, from which the mock makes its routes, if the documents have changed.
 *
 * @param {string} node
 */
export async function buildContract(node) {
  const print = fingerprint(["spec", "packages/contract"]);
  if (isDone("contract", print)) return;
  const run = (/** @type {string} */ title, /** @type {string} */ script) =>
    runPnpm(title, [...filtersOf(["contract"]), "run", script], { node });
  await run("Reading the documents", "generate");
  await run("Building the contract", "build");
  setDone("contract", print);
}
