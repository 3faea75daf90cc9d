import { readFileSync } from "node:fs";
import { CliError } from "../cli-error.ts";
import type { Io } from "../io.ts";

const maxAccounts = 100_000;

/** Returns the accounts of the arguments and of a file, each once, in this order. */
export async function readAccounts(args: string[], file: string | undefined, io: Io): Promise<string[]> {
  const listed = file === undefined ? [] : splitLines(await readText(file, io));
  const accounts = [...new Set([...args, ...listed])];
  if (accounts.length === 0) {
    throw new CliError(
      "NO_ACCOUNT",
      "No account is given.",
      "Name an account, or a file with --accounts FILE.",
    );
  }
  if (accounts.length > maxAccounts) {
    throw new CliError(
      "TOO_MANY_ACCOUNTS",
      `--accounts: more than ${maxAccounts} accounts.`,
      "Split the file.",
    );
  }
  return accounts;
}

/** A line has one account. Empty lines, and what follows a `#`, are ignored. */
function splitLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => (line.split("#", 1)[0] ?? "").trim())
    .filter((line) => line !== "");
}

async function readText(file: string, io: Io): Promise<string> {
  if (file === "-") return io.readInput();
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError("FILE_UNREADABLE", `--accounts: ${file} cannot be read (${code}).`, "Check the path.");
  }
}
