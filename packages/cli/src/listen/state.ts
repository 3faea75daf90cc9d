import { createHash } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Api } from "../generated/facts.ts";
import { getConfigFolder } from "../settings/folder.ts";
import { readPrivateJson, writePrivateJson } from "../settings/private-file.ts";

/** The registration that `listen` has replaced at a mock, so that another process can put it back. It contains no secrets. */
export interface ListenState {
  id: string;
  /** Address of the listener, such as `127.0.0.1:40123`. */
  address: string;
  origin: string;
  space?: string;
  api: Api;
  account: string;
  /** Hash of the URL that `listen` registers. */
  urlHash: string;
  /** Snapshot of the mock that has the former registration; undefined if nothing was registered. */
  snapshot?: string;
}

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
