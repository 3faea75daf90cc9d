import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

/** The context of every command: its process, and its exit code. */
export interface Context {
  io: Io;
  exitCode: ExitCode;
}
