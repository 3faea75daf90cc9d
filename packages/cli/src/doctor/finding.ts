import { type ExitCode, exitCodes } from "../exit-code.ts";

/** The result of one check of `doctor`. */
export interface Finding {
  check: string;
  outcome: "ok" | "warning" | "failed" | "skipped";
  message: string;
  /** What to do about it. */
  remedy?: string;
  /** The exit code of a failed check. */
  exitCode?: ExitCode;
}

/** Returns the exit code of the first check that failed. */
export const toExitCode = (findings: Finding[]): ExitCode => {
  const failed = findings.find(({ outcome }) => outcome === "failed");
  return failed ? (failed.exitCode ?? exitCodes.failed) : exitCodes.ok;
};
