import { isNewEnough } from "./node-runtime.mjs";
import { fingerprint, isDone, setDone } from "./stamp.mjs";
import { runPnpm } from "./step.mjs";

const manifests = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"];

/** Installs the packages of the mock and of the contract, and Node.js if this one is too old. */
export async function installPackages() {
  const print = fingerprint(manifests);
  // The docs' packages bring a newer Node.js, with which pnpm then runs this program: it need not be installed again.
  const hasNode = isNewEnough || isDone("node-runtime", print);
  if (hasNode && isDone("installation", print)) return;
  const names = ["mock", "contract", ...(isNewEnough ? [] : ["node-runtime"])];
  await runPnpm("First start. Installing packages", installArguments(names));
  setDone("installation", print);
  if (!isNewEnough) setDone("node-runtime", print);
}

/**
 * Returns the arguments of pnpm that install some packages of this workspace, without those that they depend on.
 *
 * @param {string[]} names
 */
export function installArguments(names) {
  // The lockfile is this repository's own; checking its 1,300 entries again takes ten seconds.
  const quick = ["--frozen-lockfile", "--prefer-offline", "--trust-lockfile", "--reporter=append-only"];
  return ["install", ...quick, ...filtersOf(names)];
}

/**
 * Returns the arguments of pnpm that choose packages of this workspace.
 *
 * @param {string[]} names such as `mock`
 */
export function filtersOf(names) {
  return names.map((name) => `--filter=@thingspace-callbacks/${name}`);
}
