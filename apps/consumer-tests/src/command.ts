import { execFile } from "node:child_process";

/**
 * Runs a program to its end and returns what it wrote to its standard output.
 *
 * @throws {Error} with everything that it wrote, in its own words, when it fails or takes longer than four minutes.
 */
export function run(
  file: string,
  args: string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<string> {
  // The environment of the tests must not be inherited: pnpm's NODE_PATH would let `require` find the workspace's packages.
  const env = { ...process.env, NODE_PATH: undefined, NODE_OPTIONS: undefined, ...options.env };
  return new Promise((resolve, reject) => {
    execFile(file, args, { cwd: options.cwd, env, timeout: 240_000 }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const ending = error.killed ? "It took longer than four minutes." : `It ended with ${error.code}.`;
      reject(new Error(`${[file, ...args].join(" ")}\n${stdout}${stderr}${ending}`));
    });
  });
}
