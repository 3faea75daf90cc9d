import { createHash } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Api, generations } from "../generated/facts.ts";
import { getConfigFolder } from "../settings/folder.ts";
import { readPrivateJson, writePrivateJson } from "../settings/private-file.ts";
import type { Settings } from "../settings/settings.ts";

/** The registration that `listen` has replaced, so that another process can put it back. It contains no password. */
export interface ListenState {
  id: string;
  /** Address of the listener, such as `127.0.0.1:40123`. */
  address: string;
  environment: Settings["environment"];
  origin: string;
  space?: string;
  api: Api;
  account: string;
  /** Hash of the URL that `listen` registers. */
  urlHash: string;
  /** What was registered before; undefined if nothing was. */
  former?: Former;
}

/** A former registration: in a snapshot of the mock, with its password, or as it was at production, without. */
export type Former = { snapshot: string } | { url: string; username?: string };

/** The registration that a listener replaces. */
export type Place = Pick<ListenState, "environment" | "origin" | "space" | "api" | "account">;

/** Returns the registration of a state. */
export const toPlace = ({ environment, origin, space, api, account }: ListenState): Place => ({
  environment,
  origin,
  ...(space !== undefined && { space }),
  api,
  account,
});

/** Formats a registration for people. */
export const formatPlace = ({ api, account, origin, space }: Place) =>
  `${api} ${account} at ${origin}${formatSpace(space)}`;

/** Formats the space of a mock, to follow its origin. */
export const formatSpace = (space: string | undefined) =>
  space === undefined ? "" : ` in the space ${space}`;

/** Returns true if both are the same registration. Generations can share one. */
export const isSamePlace = (one: Place, other: Place) =>
  one.environment === other.environment &&
  one.origin === other.origin &&
  one.space === other.space &&
  one.account === other.account &&
  generations[one.api].registration === generations[other.api].registration;

/** Returns true if the registration is at the service that the settings name. */
export const isAtService = (state: ListenState, { environment, origin }: Settings) =>
  state.environment === environment && state.origin === origin;

type Environment = Record<string, string | undefined>;

const getFolder = (env: Environment) => join(getConfigFolder(env), "listen");
const getPath = (env: Environment, id: string) => join(getFolder(env), `${id}.json`);

/** Returns the hash of a registered URL. */
export const hashUrl = (url: string) => createHash("sha256").update(url).digest("hex");

/** Writes the state to the disk. */
export const saveState = (env: Environment, state: ListenState) =>
  writePrivateJson(getPath(env, state.id), state);

/** Removes the state when nothing is left to put back. */
export const removeState = (env: Environment, id: string) => rmSync(getPath(env, id), { force: true });

/** Returns the states that processes have left or still use. */
export function readStates(env: Environment): ListenState[] {
  return listFiles(getFolder(env))
    .filter((name) => name.endsWith(".json"))
    .map((name) => readPrivateJson(join(getFolder(env), name)) as ListenState | undefined)
    .filter((state) => state !== undefined);
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
