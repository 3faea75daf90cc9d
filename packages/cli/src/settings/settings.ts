import type { Credentials } from "@thingspace-callbacks/client";
import { CliError } from "../cli-error.ts";
import { servers } from "../generated/facts.ts";
import type { GlobalOptions } from "./options.ts";
import { getProfile, type Profile, readProfiles } from "./profiles.ts";

/** The service that a command calls, and its credentials. */
export interface Settings {
  /** Name of the profile, if one is used. */
  profile: string | undefined;
  environment: "mock" | "production";
  /** Origin of the servers. */
  origin: string;
  /** The option, variable or profile that the origin comes from, as the user knows it. */
  originSource: string;
  allowHttp: boolean;
  space: string | undefined;
  /** Undefined when there are none. */
  credentials: Credentials | undefined;
}

type Environment = Record<string, string | undefined>;

/**
 * Combines the options, the environment variables and the profile, in this order.
 *
 * @param newProfile name of the profile that `login` saves: it may be in the environment already, and its credentials are
 * asked for.
 */
export function readSettings(options: GlobalOptions, env: Environment, newProfile?: string): Settings {
  const file = readProfiles(env);
  const name = options.profile ?? (env["THINGSPACE_PROFILE"] || file.current);
  const isNew = name === newProfile && !options.profile && !Object.hasOwn(file.profiles, name ?? "");
  const profile: Profile = name === undefined || isNew ? {} : getProfile(file, name, env);
  const environment = toEnvironment(
    chooseFirst([
      { source: "--environment", value: options.environment },
      { source: "THINGSPACE_ENVIRONMENT", value: env["THINGSPACE_ENVIRONMENT"] || undefined },
      { source: `environment of the profile "${name}"`, value: profile.environment },
      { source: "environment", value: "mock" },
    ]),
  );
  // The origin and the credentials of a profile belong to its environment: a mock does not get those of production.
  const own = environment === (profile.environment ?? "mock") ? profile : {};
  const origin = chooseFirst([
    { source: "--origin", value: options.origin },
    { source: "THINGSPACE_ORIGIN", value: env["THINGSPACE_ORIGIN"] || undefined },
    { source: `origin of the profile "${name}"`, value: own.origin },
    { source: "origin", value: servers[environment] },
  ]);
  if (options.space !== undefined && environment === "production") {
    throw new CliError("MOCK_ONLY", "--space: only the mock has spaces.", "Leave out --space.");
  }
  return {
    profile: name,
    environment,
    origin: toOrigin(origin),
    originSource: origin.source,
    allowHttp: options.allowHttp ?? false,
    space: options.space,
    credentials: newProfile === undefined ? findCredentials() : undefined,
  };

  function findCredentials(): Credentials | undefined {
    return readCredentials(env, own) ?? (environment === "mock" ? anyTokens : undefined);
  }
}

/** The mock accepts these unless it was started with `--auth strict`. */
const anyTokens: Credentials = { accessToken: "any", sessionToken: "any" };

/** A login that the mock accepts in the same way. A client that has it requests tokens, and renews them. */
export const inventedLogin: Credentials = { key: "any", secret: "any", username: "any", password: "any" };

/** True if the user gave no credentials, and the mock gets invented ones. */
export const hasInventedCredentials = ({ credentials }: Settings) =>
  credentials === anyTokens || credentials === inventedLogin;

function readCredentials(env: Environment, { credentials = {} }: Profile): Credentials | undefined {
  const all = {
    ...readPair(env, credentials, ["key", "secret"], "accessToken"),
    ...readPair(env, credentials, ["username", "password"], "sessionToken"),
  };
  return Object.keys(all).length > 0 ? (all as unknown as Credentials) : undefined;
}

/** @throws {CliError} when one of the two tokens cannot be requested, and is not given */
export function demandBothTokens(credentials: Credentials): void {
  const hasAccess = "key" in credentials || "accessToken" in credentials;
  const hasSession = "username" in credentials || "sessionToken" in credentials;
  if (hasAccess && hasSession) return;
  const { token, variables } = hasAccess
    ? {
        token: "session",
        variables: "THINGSPACE_USERNAME and THINGSPACE_PASSWORD, or THINGSPACE_SESSION_TOKEN",
      }
    : { token: "access", variables: "THINGSPACE_KEY and THINGSPACE_SECRET, or THINGSPACE_ACCESS_TOKEN" };
  throw new CliError(
    "INCOMPLETE_CREDENTIALS",
    `The credentials for the ${token} token are missing.`,
    `Set ${variables} as well.`,
  );
}

/** Reads a token, or the pair that it is requested with. The environment comes first, as a whole. */
function readPair(
  env: Environment,
  stored: Record<string, string>,
  pair: [string, string],
  token: string,
): Record<string, string> {
  const fromEnvironment = pick([...pair, token], (name) => env[toVariable(name)] || undefined);
  const found =
    Object.keys(fromEnvironment).length > 0
      ? fromEnvironment
      : pick([...pair, token], (name) => stored[name]);
  if (found[token] !== undefined) return { [token]: found[token] };
  const missing = pair.filter((name) => found[name] === undefined);
  if (missing.length === 1) {
    const variable = toVariable(missing[0] ?? "");
    throw new CliError("INCOMPLETE_CREDENTIALS", `${variable} is missing.`, `Set ${variable} as well.`);
  }
  return found;
}

/** The variables of the credentials that tokens are requested with, in words. */
export const credentialVariables =
  "THINGSPACE_KEY, THINGSPACE_SECRET, THINGSPACE_USERNAME and THINGSPACE_PASSWORD";

/** Returns the environment variable of a credential: `accessToken` is `THINGSPACE_ACCESS_TOKEN`. */
export const toVariable = (name: string) =>
  `THINGSPACE_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

function pick(names: string[], get: (name: string) => string | undefined): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A value, and the option, variable or member of a profile that it comes from. */
interface Chosen {
  source: string;
  value: string;
}

/** Returns the first value that is given. */
function chooseFirst(choices: { source: string; value: string | undefined }[]): Chosen {
  const chosen = choices.find((choice): choice is Chosen => choice.value !== undefined);
  if (!chosen) throw new Error("No choice has a value");
  return chosen;
}

function toEnvironment({ source, value }: Chosen): "mock" | "production" {
  if (value === "mock" || value === "production") return value;
  throw new CliError(
    "INVALID_ENVIRONMENT",
    `${source}: "${value}" is neither mock nor production.`,
    "Set it to mock or production, or use --environment.",
  );
}

function toOrigin({ source, value }: Chosen): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new CliError(
    "INVALID_ORIGIN",
    `${source}: this is not an http or https URL.`,
    "Example: http://127.0.0.1:4010",
  );
}
