// `pnpm start`: installs and builds only what serving needs, runs the mock, and builds the docs beside it.
//
// Plain JavaScript without packages, because in a fresh clone there are none yet, and because Node.js 20 starts it.
import { readFileSync } from "node:fs";
import { buildConsole } from "./console.mjs";
import { buildContract } from "./contract.mjs";
import { buildDocs, makeDocsFolder } from "./docs.mjs";
import { findUnwritableFolder } from "./folders.mjs";
import { installPackages } from "./installation.mjs";
import { findNode } from "./node-runtime.mjs";
import { StepError } from "./step.mjs";
import { runMock, stopSignals } from "./supervisor.mjs";

const args = process.argv.slice(2);
// `npm start -- --port 5000` needs the separator, and pnpm hands it on.
if (args[0] === "--") args.shift();

const read = (/** @type {string} */ path) => readFileSync(new URL(path, import.meta.url), "utf8");
if (args.includes("--help") || args.includes("-h")) {
  console.log(read("help.txt").trimEnd());
} else if (args.includes("--version")) {
  console.log(JSON.parse(read("../package.json")).version);
} else {
  await start();
}

async function start() {
  try {
    const folder = findUnwritableFolder();
    if (folder) {
      throw new StepError(
        `This user cannot write to ${folder}. Clone the project as this user, or change the owner of the folder.`,
      );
    }
    await installPackages();
    const node = findNode();
    await buildContract(node);
    if (args[0] === "init") {
      process.exitCode = await runMock(node, args).ended;
      return;
    }
    await buildConsole(node);
    makeDocsFolder();
    const mock = runMock(node, args);
    // The docs take longer than everything else, so the mock does not wait for them.
    const docs = buildDocs(node);
    // Ctrl-C ends the build, too, which is no failure to report.
    for (const name of stopSignals) process.once(name, docs.stop);
    process.exitCode = await mock.ended;
    docs.stop();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
