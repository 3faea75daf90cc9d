import { writeFileSync } from "node:fs";
import { CliError } from "../cli-error.ts";

/** Writes a file that an option names. @throws {CliError} which names the option */
export function writeOutputFile(option: string, path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(
      "FILE_UNWRITABLE",
      `${option}: ${path} cannot be written (${code}).`,
      "Check the path.",
    );
  }
}
