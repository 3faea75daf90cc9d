import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type InputOptions } from "rolldown";

/** The input of a consumer's program. Input and result are passed as JSON. */
export type Input = Record<string, unknown>;

/** Runs the program of the consumer in a folder, somewhere, and gives back what it returned. */
export type Runtime = (folder: string, input: Input) => Promise<unknown>;

/** Puts a file of `drivers/`, which calls the consumer's program, beside it. */
export async function addDriver(folder: string, driver: string) {
  await cp(fileURLToPath(new URL(`../../drivers/${driver}`, import.meta.url)), join(folder, driver));
}

/** Bundles a driver and all that it imports, for where there are no packages; returns the bundle's path. */
export async function bundleDriver(
  folder: string,
  driver: string,
  options: InputOptions,
  format: "iife" | "esm",
) {
  await addDriver(folder, driver);
  const file = join(folder, driver.replace(".js", ".bundle.js"));
  await build({
    ...options,
    cwd: folder,
    input: `./${driver}`,
    output: { file, format },
    // An import that cannot be resolved is only a warning here, and would be missing where the bundle runs.
    onLog(_level, log) {
      throw new Error(log.message);
    },
  });
  return file;
}
