import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import {
  formatExamples,
  type Invocation,
  type LocalInvocation,
  setAction,
  setLocalAction,
} from "../command.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { withClient } from "../service/connect.ts";
import { forgetRejected } from "../service/rejected-logins.ts";
import { writePrivateJson } from "../settings/private-file.ts";
import { getProfilePath, type Profile, readProfiles } from "../settings/profiles.ts";
import { credentialVariables, hasInventedCredentials, toVariable } from "../settings/settings.ts";

/** Adds `login`, `logout` and `whoami`. */
export function addProfileCommands(program: Command, context: Context): void {
  const login = program
    .command("login")
    .summary("check credentials, and save them")
    .description(
      "Check credentials with one login, and save them as a profile that only you can read. They come from the environment or from the terminal, never from an argument.",
    )
    .argument("[name]", "name of the profile", "default")
    .addHelpText(
      "after",
      formatExamples("login --environment production", "login lab --origin http://127.0.0.1:4010"),
    );
  setAction<unknown, [string]>(login, context, logIn, { savesProfile: true });
  const logout = program
    .command("logout")
    .summary("delete saved credentials")
    .description("Delete a profile with its credentials.")
    .argument("[name]", "name of the profile; the default is the current one")
    .addHelpText("after", formatExamples("logout", "logout lab"));
  setLocalAction<unknown, [string | undefined]>(logout, context, logOut);
  const whoami = program
    .command("whoami")
    .summary("show which service and credentials are used")
    .description("Show the profile, the servers and which credentials are used. Nothing is sent.")
    .addHelpText("after", formatExamples("whoami", "whoami --profile lab --json"));
  setAction<unknown, []>(whoami, context, showSettings);
}

async function logIn({ context, settings, output }: Invocation<unknown>, name: string): Promise<ExitCode> {
  const { io } = context;
  demandName(name);
  const credentials = await readCredentials(context);
  const { environment, origin } = settings;
  const chosen = { ...settings, credentials: credentials as unknown as typeof settings.credentials };
  // The user says that they are right now; they are sent once.
  forgetRejected(chosen, io.env);
  // Logging out needs both tokens, so the client requests them first.
  const result = await withClient(context, chosen, (client) => client.auth.logOut());
  if (!result.ok) {
    throw new CliError(
      result.code ?? `STATUS_${result.status}`,
      `The service refused the login: ${result.message}`,
      "Correct the credentials before you try again: failed logins lock the user.",
      exitCodes.refused,
    );
  }
  const file = readProfiles(io.env);
  const profile: Profile = { environment, origin, credentials };
  writePrivateJson(getProfilePath(io.env), {
    current: name,
    profiles: { ...file.profiles, [name]: profile },
  });
  output.data({ profile: name, environment, origin });
  output.line(`Logged in. The profile "${name}" is saved in ${getProfilePath(io.env)} and used from now on.`);
  return exitCodes.ok;
}

const secrets = { key: false, secret: true, username: false, password: true };

/** Reads each credential from its variable, or else from the terminal. */
async function readCredentials({ io }: Context): Promise<Record<string, string>> {
  const credentials: Record<string, string> = {};
  for (const [name, isSecret] of Object.entries(secrets)) {
    const variable = toVariable(name);
    const value = io.env[variable] || (io.isTerminal && (await io.ask(`${name}: `, isSecret)));
    if (!value) {
      throw new CliError(
        "CREDENTIALS_MISSING",
        `${variable} is missing.`,
        `Set ${variable}, or run login on a terminal.`,
      );
    }
    credentials[name] = value;
  }
  return credentials;
}

async function logOut({ context, output }: LocalInvocation<unknown>, chosen?: string): Promise<ExitCode> {
  const { env } = context.io;
  const file = readProfiles(env);
  const name = chosen ?? file.current;
  if (name === undefined || !Object.hasOwn(file.profiles, name)) {
    const known = Object.keys(file.profiles).join(", ") || "none";
    const message = name === undefined ? "There is no current profile." : `There is no profile "${name}".`;
    throw new CliError("UNKNOWN_PROFILE", message, `Profiles: ${known}.`);
  }
  const profiles = Object.fromEntries(Object.entries(file.profiles).filter(([other]) => other !== name));
  const current = file.current === name ? undefined : file.current;
  writePrivateJson(getProfilePath(env), { ...(current !== undefined && { current }), profiles });
  output.data({ profile: name, deleted: true });
  output.line(`The profile "${name}" and its credentials are deleted.`);
  return exitCodes.ok;
}

async function showSettings({ settings, output }: Invocation<unknown>): Promise<ExitCode> {
  const { profile, environment, origin, space, credentials = {} } = settings;
  const username = "username" in credentials ? credentials.username : undefined;
  const names = hasInventedCredentials(settings) ? [] : Object.keys(credentials);
  output.data({ profile, environment, origin, space, username, credentials: names });
  output.line(`profile      ${profile ?? "(none)"}`);
  output.line(`environment  ${environment}`);
  output.line(`origin       ${origin}`);
  output.line(`username     ${username ?? "(none)"}`);
  const none =
    environment === "mock"
      ? "(none; a mock needs them only if it was started with --auth strict)"
      : `(none; set ${credentialVariables})`;
  output.line(`credentials  ${names.join(", ") || none}`);
  return exitCodes.ok;
}

function demandName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(name) && name !== "__proto__") return;
  throw new CliError(
    "INVALID_NAME",
    "The name of a profile has letters, digits, - and _.",
    "Example: login lab",
  );
}
