import { passwordVariable, readPassword } from "../callbacks/login.ts";
import { CliError } from "../cli-error.ts";
import type { Invocation } from "../command.ts";
import { type Api, generations } from "../generated/facts.ts";
import type { ListenOptions } from "./options.ts";

/** The username and password of a registration; none if it has none. */
export interface Login {
  username?: string;
  password?: string;
}

/** Reads the login of the registration that is to come back, which ThingSpace does not return. */
export async function readFormerLogin(invocation: Invocation<ListenOptions>, api: Api): Promise<Login> {
  const { context, options } = invocation;
  if (!generations[api].takesLogin || !options.formerLogin) return {};
  const username = options.formerUsername ?? (context.io.isTerminal ? await askUsername() : undefined);
  if (username === undefined) {
    throw new CliError(
      "FORMER_LOGIN_UNKNOWN",
      "The former registration may have a username and password, which cannot be read back.",
      "Add --former-username, or --no-former-login if it has none.",
    );
  }
  return username === "" ? {} : { username, password: await readFormerPassword(invocation) };

  function askUsername(): Promise<string> {
    return context.io.ask("Username of the former registration (Enter if it has none): ", false);
  }
}

/** Reads the password of the registration that is to come back. Nothing can tell whether it is right, so it is asked twice. */
export async function readFormerPassword({ context, options }: Invocation<ListenOptions>): Promise<string> {
  const { io } = context;
  const given = readPassword(options, io.env);
  if (given) return given;
  const remedy = `Set ${passwordVariable}, or name a file with --password-file.`;
  const missing = "The password of the former registration is missing. It cannot be read back.";
  if (!io.isTerminal) throw new CliError("FORMER_PASSWORD_MISSING", missing, remedy);
  const password = await io.ask("Password of the former registration: ", true);
  if (password === "") throw new CliError("FORMER_PASSWORD_MISSING", missing, remedy);
  if (password === (await io.ask("The same password again: ", true))) return password;
  throw new CliError("PASSWORDS_DIFFER", "The two passwords differ.", "Try again.");
}
