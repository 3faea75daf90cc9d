import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

/** The context of every command: its process, its arguments and its exit code. */
export interface Context {
  io: Io;
  /** The arguments as they were written. */
  args: readonly string[];
  exitCode: ExitCode;
}
