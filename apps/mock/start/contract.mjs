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
  for (const script of ["generate", "build"]) {
    await runPnpm("Building the contract", [...filtersOf(["contract"]), "run", script], { node });
  }
  setDone("contract", print);
}
