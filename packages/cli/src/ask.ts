import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Asks a question on the terminal. The answer to a secret one is not shown. */
export async function askOnTerminal(question: string, isSecret: boolean): Promise<string> {
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(question);
  const terminal = createInterface({
    input: process.stdin,
    output: isSecret ? hidden : process.stderr,
    terminal: true,
    historySize: 0,
  });
  const ending = new AbortController();
  terminal.on("SIGINT", () => ending.abort());
  try {
    return await terminal.question("", { signal: ending.signal });
  } finally {
    terminal.close();
    if (isSecret) process.stderr.write("\n");
  }
}
