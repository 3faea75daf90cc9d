import { spawn, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

/** A process that runs samples by name. It starts once, because a process for each sample takes a second. */
export interface SampleProgram {
  /** Runs a sample and resolves with what it prints. */
  run(name: string): Promise<string>;
  close(): void;
}

/** Returns true if a tool is installed. Otherwise says that the samples which need the tool are not run. */
export function isInstalled(tool: string, option = "--version"): boolean {
  const found = spawnSync(tool, [option], { stdio: "ignore" }).status === 0;
  if (!found) console.warn(`${tool} is not installed. The tests of the samples that need it are skipped.`);
  return found;
}

/** The line that a program prints when it is ready, and after the output of each sample. */
const end = "== end";

/**
 * Starts a program that runs samples, and resolves when it is ready. Removes the program's folder when it is closed.
 *
 * @throws what the program writes to its standard error when it ends before it is ready.
 */
export async function startProgram(
  { command, args = [], folder }: { command: string; args?: string[]; folder: string },
  env: Record<string, string>,
): Promise<SampleProgram> {
  const child = spawn(command, args, { env: { ...process.env, ...env } });
  const errors = text(child.stderr);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const read = async (): Promise<string> => {
    const output: string[] = [];
    for (let line = await lines.next(); line.value !== end; line = await lines.next()) {
      if (line.done) throw new Error(`${command} ended: ${await errors}`);
      output.push(line.value);
    }
    return output.join("\n");
  };
  await read();
  return {
    run: (name) => {
      child.stdin.write(`${name}\n`);
      return read();
    },
    close: () => {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
