import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workspace } from "./folders.mjs";

// Made by builds, or by the package manager.
const ignored = new Set([
  "node_modules",
  "dist",
  "building",
  "generated",
  ".turbo",
  ".astro",
  "test",
  "bench",
]);

const stampFile = (/** @type {string} */ name) => join(workspace, "node_modules/.cache/start", `${name}.txt`);

/**
 * Returns a text that changes when one of the files does, or a file comes or goes. It reads names, sizes and times only,
 * so that a start that has nothing to do finds that out in milliseconds.
 *
 * @param {string[]} paths files and folders, relative to the workspace
 */
export function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const path of paths) addTo(hash, path);
  return hash.digest("hex");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} path
 */
function addTo(hash, path) {
  const stats = statSync(join(workspace, path));
  if (!stats.isDirectory()) {
    hash.update(`${path} ${stats.size} ${stats.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(join(workspace, path)).sort()) {
    if (!ignored.has(name)) addTo(hash, `${path}/${name}`);
  }
}

/**
 * Returns whether a step was done for this fingerprint.
 *
 * @param {string} step
 * @param {string} print
 */
export function isDone(step, print) {
  try {
    return readFileSync(stampFile(step), "utf8") === print;
  } catch {
    return false;
  }
}

/**
 * Notes that a step was done for this fingerprint.
 *
 * @param {string} step
 * @param {string} print
 */
export function setDone(step, print) {
  mkdirSync(join(workspace, "node_modules/.cache/start"), { recursive: true });
  writeFileSync(stampFile(step), print);
}
