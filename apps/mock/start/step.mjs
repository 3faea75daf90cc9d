import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { workspace } from "./folders.mjs";

/** A step failed in a way that the message explains to the user. */
export class StepError extends Error {}

// Third parties' telemetry, and the notices about it, have no place in somebody's first minute.
const quiet = {
  ASTRO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  REDOCLY_TELEMETRY: "off",
  SCARF_ANALYTICS: "false",
};

// `node apps/mock/start/start.mjs` has no pnpm in its PATH; `npx pnpm@12 start` has.
const isStartedByPnpm = process.env["npm_config_user_agent"]?.startsWith("pnpm/") ?? false;
const [command, ...firstArgs] = isStartedByPnpm ? ["pnpm"] : ["npx", "--yes", "pnpm@12"];

/**
 * Runs pnpm for a step. What it prints is shown only if it fails; on a terminal its newest line shows that
 * something happens.
 *
 * @param {string} title what the step does, such as "Installing packages"
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.node] the Node.js that scripts get, instead of the one in PATH
 * @param {boolean} [options.silent] true for a step in the background, which shows nothing
 * @param {(child: import("node:child_process").ChildProcess) => void} [options.onChild]
 * @returns {Promise<void>}
 * @throws {StepError} if it fails
 */
export function runPnpm(title, args, { node, silent = false, onChild } = {}) {
  const begin = Date.now();
  const isTerminal = process.stderr.isTTY && !silent;
  if (!silent) process.stderr.write(`${title} ...${isTerminal ? "" : "\n"}`);
  return new Promise((resolve, reject) => {
    const child = spawn(/** @type {string} */ (command), [...firstArgs, ...args], {
      cwd: workspace,
      env: {
        ...process.env,
        ...quiet,
        ...(node && { PATH: dirname(node) + delimiter + process.env["PATH"] }),
      },
      shell: process.platform === "win32",
      stdio: ["ignore", "pipe", "pipe"],
    });
    onChild?.(child);
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-20_000);
      if (isTerminal) process.stderr.write(`\r\x1b[2K${title} ... ${newestLine(output)}`);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => reject(new StepError(`${title} failed: ${error.message}`)));
    child.once("close", (code) => {
      if (isTerminal) process.stderr.write("\r\x1b[2K");
      if (code === 0) {
        if (isTerminal) process.stderr.write(`${title}: ${((Date.now() - begin) / 1000).toFixed(1)} s\n`);
        resolve();
      } else {
        reject(new StepError(`${title} failed:\n\n${output.trim()}`));
      }
    });
  });
}

/** @param {string} output */
function newestLine(output) {
  const lines = output.trimEnd().split("\n");
  return (lines.at(-1) ?? "").trim().slice(0, 60);
}
