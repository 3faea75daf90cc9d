import { join } from "node:path";
import { CliError } from "../cli-error.ts";
import { getConfigFolder } from "./folder.ts";
import { readPrivateJson } from "./private-file.ts";

/** A named set of settings in the configuration file. */
export interface Profile {
  environment?: "mock" | "production";
  origin?: string;
  /** As the client takes them: `key` and `secret` or `accessToken`; `username` and `password` or `sessionToken`. */
  credentials?: Record<string, string>;
}

/** The configuration file. */
export interface ProfileFile {
  /** Name of the profile that is used without `--profile`. */
  current?: string;
  profiles: Record<string, Profile>;
}

type Environment = Record<string, string | undefined>;

/** Returns the path of the configuration file. */
export const getProfilePath = (env: Environment) => join(getConfigFolder(env), "config.json");

/** Reads the configuration file. A missing file has no profiles. */
export function readProfiles(env: Environment): ProfileFile {
  const path = getProfilePath(env);
  const found = readPrivateJson(path) ?? { profiles: {} };
  if (!isProfileFile(found)) {
    throw new CliError("INVALID_FILE", `${path} has no object "profiles".`, "Correct or delete the file.");
  }
  return found;
}

/** Returns a profile by its name. */
export function getProfile({ profiles }: ProfileFile, name: string, env: Environment): Profile {
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile) return profile;
  const known = Object.keys(profiles).join(", ") || "none";
  throw new CliError(
    "UNKNOWN_PROFILE",
    `--profile: there is no profile "${name}".`,
    `Profiles in ${getProfilePath(env)}: ${known}.`,
  );
}

function isProfileFile(value: unknown): value is ProfileFile {
  if (typeof value !== "object" || value === null || !("profiles" in value)) return false;
  const { profiles } = value;
  return typeof profiles === "object" && profiles !== null && Object.values(profiles).every(isObject);
}

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
