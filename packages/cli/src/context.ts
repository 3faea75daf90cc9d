import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

/** What every command gets: its process, and where it leaves its exit code. */
export interface Context {
  io: Io;
  exitCode: ExitCode;
}
