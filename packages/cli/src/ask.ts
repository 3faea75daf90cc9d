import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { CliError } from "./cli-error.ts";

/**
 * Asks a question on the terminal. The answer to a secret one is not shown.
 *
 * @throws {CliError} after Ctrl-C, or when the input ends
 */
export async function askOnTerminal(question: string, isSecret: boolean): Promise<string> {
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({
    input: process.stdin,
    output: isSecret ? hidden : process.stderr,
    terminal: true,
    historySize: 0,
  });
  // Only now the terminal does not show what is typed.
  if (isSecret) process.stderr.write(question);
  const ending = new AbortController();
  terminal.on("SIGINT", () => ending.abort());
  terminal.on("close", () => ending.abort());
  try {
    return await terminal.question(isSecret ? "" : question, { signal: ending.signal });
  } catch {
    throw new CliError("NOT_ANSWERED", "The question was not answered.", "Nothing was changed.");
  } finally {
    terminal.close();
    if (isSecret) process.stderr.write("\n");
  }
}
