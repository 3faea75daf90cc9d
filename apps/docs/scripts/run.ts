import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const cwd = fileURLToPath(new URL("..", import.meta.url));

/** Runs a tool of this package without its telemetry. Prints the output of the tool when it fails. */
export async function run(tool: string, args: string[]): Promise<void> {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", ASTRO_TELEMETRY_DISABLED: "1" };
  try {
    await promisify(execFile)(tool, args, {
      cwd,
      env,
      shell: process.platform === "win32",
      maxBuffer: 2 ** 24,
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    console.error(stdout + stderr);
    throw new Error(`${tool} ${args.join(" ")} failed`);
  }
}
