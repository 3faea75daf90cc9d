import { text } from "node:stream/consumers";
import { askOnTerminal } from "./ask.ts";

/** The parts of its process that the command uses. Tests give their own. */
export interface Io {
  env: Record<string, string | undefined>;
  /** True if a person reads the output: both outputs are a terminal. */
  isTerminal: boolean;
  /**
   * Returns a signal that is aborted by Ctrl-C or SIGTERM, which then no longer end the process the first time, and when nobody
   * reads the output any more.
   */
  watchEnd(): AbortSignal;
  writeOutput(text: string): void;
  writeError(text: string): void;
  /** Asks a question on the terminal; the answer to a secret one is not shown. */
  ask(question: string, isSecret: boolean): Promise<string>;
  /** Reads standard input to its end. */
  readInput(): Promise<string>;
}

/** Returns the input and output of this process. */
export function createProcessIo(): Io {
  return {
    env: process.env,
    isTerminal: process.stdout.isTTY === true && process.stderr.isTTY === true,
    watchEnd,
    writeOutput: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    ask: askOnTerminal,
    readInput: () => text(process.stdin),
  };
}

function watchEnd(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => ending.abort(signal));
  }
  process.stdout.once("error", () => ending.abort("EPIPE"));
  return ending.signal;
}
