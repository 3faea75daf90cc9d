import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

// Called by path, because the versions of one program share one name in `node_modules/.bin`.
const file = (specifier: string, path: string) =>
  join(dirname(require.resolve(`${specifier}/package.json`)), path);

/** The oldest Node.js that client and listener support, and the newest they are developed with. */
export const nodes = {
  "Node 20": file("node-20", "bin/node"),
  "Node 24": file("node", "bin/node"),
};
export const oldestNode: string = require("node-20/package.json").version;

const system = process.platform === "win32" ? "win" : process.platform;

/** The oldest Node.js that the mock supports, from the package for this system. */
export const oldestNodeOfMock = {
  version: (require(`node-22-${system}-${process.arch}/package.json`).version as string).replace(/^v/, ""),
  binary: file(`node-22-${system}-${process.arch}`, system === "win" ? "bin/node.exe" : "bin/node"),
};

/** Bun and Deno without their install scripts: each is in a package for this system, on which theirs depends. */
export const bun = binaryOf("bun", `@oven/bun-${platformNames().bun}`, "bin/bun");
export const deno = binaryOf("deno", `@deno/${platformNames().deno}`, "deno");

function platformNames() {
  const isWindows = process.platform === "win32";
  const libc = process.platform === "linux" ? "-glibc" : "";
  return {
    bun: `${isWindows ? "windows" : process.platform}-${process.arch === "arm64" ? "aarch64" : process.arch}`,
    deno: `${process.platform}-${process.arch}${libc}`,
  };
}

function binaryOf(name: string, platformPackage: string, path: string): string {
  const ofPackage = createRequire(require.resolve(`${name}/package.json`));
  const folder = dirname(ofPackage.resolve(`${platformPackage}/package.json`));
  return join(folder, process.platform === "win32" ? `${path}.exe` : path);
}

/** Scripts, for this Node.js. */
export const compilers = {
  "TypeScript 5.9": file("typescript", "bin/tsc"),
  "TypeScript 6": file("typescript-6", "bin/tsc"),
  "TypeScript 7": file("typescript-7", "bin/tsc"),
};

/** Test runners, as scripts for Node.js. */
export const jest = file("jest", "bin/jest.js");
export const vitest = file("vitest", "vitest.mjs");

/** The binary itself, so that it can be stopped. */
export const workerd: string = require("workerd").default;
