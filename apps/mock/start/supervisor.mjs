import { spawn } from "node:child_process";
import { join } from "node:path";
import { mockFolder } from "./folders.mjs";
import { isRunning, listStarters } from "./starters.mjs";

const watchMs = 250;

/** What a terminal, a shell or an operating system sends to end a program. */
export const stopSignals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs the mock and passes on what ends it: signals, and the end of the npx or pnpm that started this program.
 *
 * @param {string} node
 * @param {string[]} args
 * @returns {{ ended: Promise<number> }} its exit code
 */
export function runMock(node, args) {
  // With --exit-with-parent the mock ends even if this program is killed and cannot pass anything on.
  const program = [join(mockFolder, "src/bin.ts"), "--exit-with-parent", ...args];
  const mock = spawn(node, program, { stdio: "inherit" });
  for (const name of stopSignals) process.on(name, (signal) => mock.kill(signal));

  // npm and npx end on a signal without telling what they have started.
  const starters = listStarters();
  const watch = setInterval(() => {
    if (starters.some((pid) => !isRunning(pid))) mock.kill("SIGTERM");
  }, watchMs);

  const ended = new Promise((resolve) => {
    mock.once("close", (code, signal) => {
      clearInterval(watch);
      resolve(signal ? 1 : (code ?? 1));
    });
  });
  return { ended };
}
