import { createRequire } from "node:module";
import { join } from "node:path";
import { workspace } from "./folders.mjs";
import { StepError } from "./step.mjs";

/** The oldest Node.js that runs the workspace: it reads TypeScript, and has SQLite and a compile cache. */
const oldest = { major: 24, minor: 0 };

/** True if the Node.js that runs this program can run the workspace. */
export const isNewEnough = compareWithOldest(process.versions.node) >= 0;

/**
 * Returns the Node.js that runs the workspace: the one that runs this program if it is new enough, otherwise the one
 * that `packages/node-runtime` installs.
 *
 * @returns {string} path of the program
 * @throws {StepError} if there is no package of Node.js for this platform
 */
export function findNode() {
  if (isNewEnough) return process.execPath;
  const require = createRequire(join(workspace, "packages/node-runtime/package.json"));
  const { optionalDependencies } = require(join(workspace, "packages/node-runtime/package.json"));
  for (const name of Object.keys(optionalDependencies)) {
    try {
      const { bin } = require(`${name}/package.json`);
      return require.resolve(`${name}/${bin.node}`);
    } catch {
      // A package for another platform is not installed.
    }
  }
  throw new StepError(
    `The mock needs Node.js ${oldest.major} or newer; this is ${process.version}, and there is no package of Node.js for ${process.platform} ${process.arch}. Install Node.js ${oldest.major} and start again.`,
  );
}

/** @param {string} version */
function compareWithOldest(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major - oldest.major || minor - oldest.minor;
}
