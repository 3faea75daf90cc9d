import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { workspace } from "./folders.mjs";
import { filtersOf, installArguments } from "./installation.mjs";
import { fingerprint, isDone, setDone } from "./stamp.mjs";
import { runPnpm, StepError } from "./step.mjs";

const sources = ["spec", "packages/contract", "packages/client", "packages/listener", "apps/docs"];

/** Makes the folder that the mock serves at /docs/, which in a fresh clone does not exist yet. */
export function makeDocsFolder() {
  mkdirSync(join(workspace, "apps/docs/dist"), { recursive: true });
}

/**
 * Builds the docs in the background if something in them has changed. A failure is reported and does not end the mock.
 *
 * @param {string} node
 * @returns {{ stop(): void }}
 */
export function buildDocs(node) {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let running;
  const options = { node, silent: true, onChild: (/** @type {typeof running} */ child) => (running = child) };
  const pnpm = (/** @type {string[]} */ ...args) => runPnpm("Building the docs", args, options);

  const build = async () => {
    const print = fingerprint(sources);
    if (isDone("docs", print)) return;
    console.error("The docs are being built and will appear at /docs/. The mock works already.");
    await pnpm(...installArguments(["docs", "client", "listener"]));
    await pnpm(...filtersOf(["client", "listener"]), "run", "generate");
    await pnpm(...filtersOf(["client", "listener"]), "run", "build");
    await pnpm(...filtersOf(["docs"]), "run", "build");
    setDone("docs", print);
    console.error("The docs are ready at /docs/.");
  };

  let isStopped = false;
  build().catch((error) => {
    if (isStopped) return;
    if (!(error instanceof StepError)) throw error;
    console.error(`The docs could not be built; the mock works without them. ${error.message}`);
  });
  return {
    stop: () => {
      isStopped = true;
      running?.kill();
    },
  };
}
