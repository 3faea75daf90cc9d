import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import { CliError } from "../cli-error.ts";
import { exitCodes } from "../exit-code.ts";
import { failuresToLock } from "../generated/facts.ts";
import { getConfigFolder } from "../settings/folder.ts";
import { readPrivateJson, writePrivateJson } from "../settings/private-file.ts";
import type { Settings } from "../settings/settings.ts";

/** Credentials that a service rejected, so that the next process does not send them again. The hash is slow on purpose. */
interface Rejected {
  origin: string;
  salt: string;
  hash: string;
}

type Environment = Record<string, string | undefined>;

const maxRemembered = 20;

const getPath = (env: Environment) => join(getConfigFolder(env), "rejected-logins.json");

/** @throws {CliError} when this service has rejected these credentials before */
export function demandNotRejected({ origin, credentials }: Settings, env: Environment): void {
  const isRejected = readRejected(env).some(
    (one) =>
      one.origin === origin &&
      timingSafeEqual(Buffer.from(one.hash, "hex"), hashCredentials(credentials, one.salt)),
  );
  if (!isRejected) return;
  throw new CliError(
    "CREDENTIALS_REJECTED_BEFORE",
    `${origin} has rejected these credentials before. They were not sent again.`,
    `Correct them: ${failuresToLock} failed logins in a row lock the user. If they are right now, run: thingspace-callbacks login`,
    exitCodes.refused,
  );
}

/** Remembers that a service rejected these credentials. */
export function rememberRejected({ origin, credentials }: Settings, env: Environment): void {
  const salt = randomBytes(16).toString("hex");
  const hash = hashCredentials(credentials, salt).toString("hex");
  writePrivateJson(getPath(env), [{ origin, salt, hash }, ...readRejected(env)].slice(0, maxRemembered));
}

function readRejected(env: Environment): Rejected[] {
  const found = readPrivateJson(getPath(env));
  return Array.isArray(found) ? found : [];
}

const hashCredentials = (credentials: Settings["credentials"], salt: string) =>
  scryptSync(JSON.stringify(Object.entries(credentials ?? {}).sort()), salt, 32);

/** Forgets that credentials were rejected, because the user says that they are right now. */
export function forgetRejected({ origin, credentials }: Settings, env: Environment): void {
  const rejected = readRejected(env);
  const others = rejected.filter(
    (one) =>
      one.origin !== origin ||
      !timingSafeEqual(Buffer.from(one.hash, "hex"), hashCredentials(credentials, one.salt)),
  );
  if (others.length < rejected.length) writePrivateJson(getPath(env), others);
}
