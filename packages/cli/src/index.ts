/**
 * The command line `thingspace-callbacks` as a function, for programs and tests.
 *
 * @module
 * @example
 * const exitCode = await run(["callbacks", "list", "0242078689-00001", "--json"]);
 */

// Run a command, and the exit codes that it resolves with.
export { run } from "./run.ts";
export { type ExitCode, exitCodes } from "./exit-code.ts";

// The input and output of a command.
export type { Io } from "./io.ts";
