import { execFile, spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Runs a program to its end and resolves with what it wrote to its standard output.
 *
 * @throws {Error} with everything that it wrote when it fails or takes longer than ten minutes.
 */
export function run(
  file: string,
  args: string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<string> {
  const env = { ...process.env, ...options.env };
  return new Promise((resolve, reject) => {
    const limits = { timeout: 600_000, maxBuffer: 64 * 1024 * 1024 };
    execFile(file, args, { ...limits, cwd: options.cwd, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${[file, ...args].join(" ")}\n${stdout}${stderr}${error.message}`));
      else resolve(stdout);
    });
  });
}

/** Runs a program whose output the user sees, and resolves when it has ended well. */
export async function show(file: string, args: string[], cwd: string): Promise<void> {
  const child = spawn(file, args, { cwd, stdio: "inherit" });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${[file, ...args].join(" ")} ended with ${code}.`);
}
