import { type ExitCode, exitCodes } from "./exit-code.ts";

/** An error that a user can do something about. */
export class CliError extends Error {
  override readonly name = "CliError";
  /** Identifies the kind of error for programs. */
  readonly code: string;
  /** The sentence that says what to do. */
  readonly remedy: string;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, remedy: string, exitCode: ExitCode = exitCodes.usage) {
    super(message);
    this.code = code;
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}
