import { demandTakesLogin, type Login, passwordVariable, readPassword } from "../callbacks/login.ts";
import { CliError } from "../cli-error.ts";
import type { Invocation } from "../command.ts";
import { type Api, generations } from "../generated/facts.ts";
import type { ListenOptions } from "./options.ts";

/** Reads the login that the options give; undefined if they say nothing about it. */
export async function readGivenLogin(
  invocation: Invocation<ListenOptions>,
  api: Api,
): Promise<Login | undefined> {
  const { username } = invocation.options;
  if (username === undefined) return generations[api].takesLogin ? undefined : {};
  if (username === false) return {};
  demandTakesLogin(api);
  return { username, password: await readListenPassword(invocation) };
}

/**
 * Reads the login of the registration at production that is to come back: ThingSpace does not return it.
 *
 * @throws {CliError} when it is not given, and there is no terminal to ask
 */
export async function readFormerLogin(invocation: Invocation<ListenOptions>, api: Api): Promise<Login> {
  const given = await readGivenLogin(invocation, api);
  if (given) return given;
  const { io } = invocation.context;
  if (!io.isTerminal) {
    throw new CliError(
      "FORMER_LOGIN_UNKNOWN",
      "The former registration may have a username and password, which cannot be read back.",
      "Add --username, or --no-username if it has none.",
    );
  }
  const username = await io.ask("Username of the former registration (Enter if it has none): ", false);
  return username === "" ? {} : { username, password: await readListenPassword(invocation) };
}

/** Reads the password of the registration. Nothing can tell whether it is right, so a terminal is asked twice. */
export async function readListenPassword({ context, options }: Invocation<ListenOptions>): Promise<string> {
  const { io } = context;
  const given = readPassword(options, io.env);
  if (given) return given;
  const remedy = `Set ${passwordVariable}, or name a file with --password-file.`;
  const missing = "The password of the registration is missing. It cannot be read back.";
  if (!io.isTerminal) throw new CliError("PASSWORD_MISSING", missing, remedy);
  const password = await io.ask("Password of the registration: ", true);
  if (password === "") throw new CliError("PASSWORD_MISSING", missing, remedy);
  if (password === (await io.ask("The same password again: ", true))) return password;
  throw new CliError("PASSWORDS_DIFFER", "The two passwords differ.", "Try again.");
}
