import { type ChildProcess, type StdioOptions, spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

const running = new Set<ChildProcess>();
const cores = { server: "0", load: "1" };

/**
 * True if servers and load get a core each. On one core they would take turns, and the load's work would be measured as
 * the server's. Without `taskset` (macOS, Windows) the system decides.
 */
export const isPinned =
  availableParallelism() > 1 && spawnSync("taskset", ["--version"], { stdio: "ignore" }).status === 0;

/** Starts a Node.js program on the core of its role. It ends with this process at the latest. */
export function spawnNode(role: keyof typeof cores, argv: string[], stdio: StdioOptions): ChildProcess {
  const command = [process.execPath, ...argv];
  const [file = "", ...rest] = isPinned ? ["taskset", "-c", cores[role], ...command] : command;
  const child = spawn(file, rest, { stdio });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** Ends a child process and resolves when it is gone, so that it cannot disturb the next measurement. */
export function stop(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
