import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

// By path, because the versions of one program share one name in `node_modules/.bin`.
const file = (specifier: string, path: string) =>
  join(dirname(require.resolve(`${specifier}/package.json`)), path);

/** The oldest Node.js that the packages support, and the newest they are developed with. */
export const nodes = {
  "Node 20": file("node-20", "bin/node"),
  "Node 24": file("node", "bin/node"),
};
export const oldestNode: string = require("node-20/package.json").version;

/** Scripts, for this Node.js. */
export const compilers = {
  "TypeScript 5.9": file("typescript", "bin/tsc"),
  "TypeScript 6": file("typescript-6", "bin/tsc"),
  "TypeScript 7": file("typescript-7", "bin/tsc"),
};

/** A script, for this Node.js. */
export const jest = file("jest", "bin/jest.js");

/** The binary itself, so that it can be stopped. */
export const workerd: string = require("workerd").default;
