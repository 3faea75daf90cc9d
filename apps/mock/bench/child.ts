import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

const running = new Set<ChildProcess>();

/**
 * Whether servers and load each get a core: on one core they would take turns, and the load's own work would be measured
 * as the server's. Where there is no `taskset` (macOS, Windows) the system decides.
 */
export const isPinned =
  availableParallelism() > 1 && spawnSync("taskset", ["--version"], { stdio: "ignore" }).status === 0;

const cores = { server: "0", load: "1" };

/** Runs a Node.js program on the core for its role. Whatever it says besides an error is thrown away, unless `output` is kept. */
export function spawnNode(
  role: keyof typeof cores,
  argv: string[],
  output: "ignore" | "pipe" = "ignore",
): ChildProcess {
  const command = [process.execPath, ...argv];
  const [file = "", ...rest] = isPinned ? ["taskset", "-c", cores[role], ...command] : command;
  const child = spawn(file, rest, { stdio: ["ignore", output, "inherit"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** Ends a child and waits until it is gone, so that it does not disturb what is measured next. */
export function stop(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

function stopAll(): void {
  for (const child of running) child.kill("SIGKILL");
}
process.once("exit", stopAll);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stopAll();
    process.exit(130);
  });
}
