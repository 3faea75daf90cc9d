import { readFileSync } from "node:fs";
import { CliError } from "../cli-error.ts";
import { type Api, generations } from "../generated/facts.ts";
import { demandPrivate } from "../settings/private-file.ts";

/** The options about the username and password that messages bring back. */
export interface LoginOptions {
  username?: string | undefined;
  passwordFile?: string | undefined;
}

type Environment = Record<string, string | undefined>;

/** The username and password of a registration; none if it has none. */
export interface Login {
  username?: string | undefined;
  password?: string | undefined;
}

/** The variable with the password that messages bring back. */
export const passwordVariable = "THINGSPACE_CALLBACK_PASSWORD";

/** Help for the options that need a password. */
export const loginHelp = `username that messages bring back; its password comes from ${passwordVariable} or --password-file`;

/** Reads the username and password of a registration. A generation without them refuses the options. */
export function readLogin(api: Api, { username, passwordFile }: LoginOptions, env: Environment): Login {
  if (username === undefined) {
    if (passwordFile === undefined) return {};
    throw new CliError("INCOMPLETE_LOGIN", "--password-file needs --username.", "Add --username.");
  }
  demandTakesLogin(api);
  const password = readPassword({ passwordFile }, env);
  if (password) return { username, password };
  throw new CliError(
    "INCOMPLETE_LOGIN",
    "--username: the password is missing.",
    `Set ${passwordVariable}, or name a file with --password-file.`,
  );
}

/** @throws {CliError} when the messages of a generation contain no username and password */
export function demandTakesLogin(api: Api): void {
  if (generations[api].takesLogin) return;
  const others = Object.entries(generations).flatMap(([name, { takesLogin }]) => (takesLogin ? name : []));
  throw new CliError(
    "NO_LOGIN",
    `--username: messages of ${api} contain no username and password.`,
    `Leave it out; only ${others.join(" and ")} have them.`,
  );
}

/** Reads the password that messages bring back from the file or the variable. */
export function readPassword(
  { passwordFile }: Pick<LoginOptions, "passwordFile">,
  env: Environment,
): string | undefined {
  return passwordFile === undefined ? env[passwordVariable] || undefined : readPasswordFile(passwordFile);
}

/** Reads a file with a password, without the line break at its end. */
function readPasswordFile(path: string): string {
  try {
    demandPrivate(path);
    return readFileSync(path, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    if (error instanceof CliError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(
      "FILE_UNREADABLE",
      `--password-file: ${path} cannot be read (${code}).`,
      "Check the path.",
    );
  }
}
