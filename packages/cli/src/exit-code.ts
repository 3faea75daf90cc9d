/** The exit codes of the command. */
export const exitCodes = {
  /** The command did what it should. */
  ok: 0,
  /** A check, an account or a delivery failed. */
  failed: 1,
  /** The command line, a file or a variable is wrong. Nothing was sent. */
  usage: 2,
  /** The service refused the call or the credentials. */
  refused: 3,
  /** There was no response. */
  unreachable: 4,
} as const;

/** An exit code of the command. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
