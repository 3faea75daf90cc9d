import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

const running = new Set<ChildProcess>();

/** Whether servers and load get a core each, so that the load's own work is not measured as the server's. */
export const isPinned =
  availableParallelism() > 1 && spawnSync("taskset", ["--version"], { stdio: "ignore" }).status === 0;

/** Runs a program of this folder, and resolves with the first line that it prints. */
export async function run(core: 0 | 1, program: string, ...options: string[]): Promise<string> {
  const command = [process.execPath, fileURLToPath(new URL(program, import.meta.url)), ...options];
  const [file = "", ...rest] = isPinned ? ["taskset", "-c", String(core), ...command] : command;
  const child = spawn(file, rest, { stdio: ["ignore", "pipe", "inherit"] });
  running.add(child);
  return new Promise((resolve, reject) => {
    let printed = "";
    child.stdout.on("data", (chunk) => {
      printed += chunk;
      if (printed.includes("\n")) resolve(printed.trim());
    });
    child.once("exit", (code) => {
      running.delete(child);
      reject(new Error(`${program} ended with ${code}`));
    });
  });
}

function stopAll(): void {
  for (const child of running) child.kill("SIGKILL");
}
process.once("exit", stopAll);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
