import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CliError } from "../cli-error.ts";

/** Reads a JSON file that only its owner may read; undefined if there is no such file. */
export function readPrivateJson(path: string): unknown {
  let text: string;
  try {
    demandPrivate(path);
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw toFileError(error, { code: "FILE_UNREADABLE", path, problem: "read" });
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the file, which may contain a secret.
    throw new CliError("INVALID_FILE", `${path} is not valid JSON.`, "Correct or delete the file.");
  }
}

/** Replaces a JSON file in one step, so that a crash leaves the old or the new one. Only the owner may read it. */
export function writePrivateJson(path: string, value: unknown): void {
  const next = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(next, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
    chmodSync(next, 0o600);
    renameSync(next, path);
  } catch (error) {
    throw toFileError(error, { code: "FILE_UNWRITABLE", path, problem: "written" });
  }
}

/** Returns the error of the system in words; another error unchanged. */
function toFileError(
  error: unknown,
  { code, path, problem }: { code: string; path: string; problem: string },
): unknown {
  const { code: reason } = error as NodeJS.ErrnoException;
  if (error instanceof CliError || reason === undefined) return error;
  return new CliError(
    code,
    `${path} cannot be ${problem} (${reason}).`,
    "Check the folder: THINGSPACE_CALLBACKS_HOME replaces it.",
  );
}

/** Refuses a file with secrets that others can read. Windows has no such modes. */
export function demandPrivate(path: string): void {
  const { mode } = statSync(path);
  if (process.platform === "win32" || (mode & 0o077) === 0) return;
  throw new CliError("FILE_NOT_PRIVATE", `Other users can read ${path}.`, `Run: chmod 600 ${path}`);
}
