import {
  isThingSpaceApiError,
  isThingSpaceCredentialsError,
  isThingSpaceNetworkError,
} from "@thingspace-callbacks/client";
import { CliError } from "../cli-error.ts";
import { exitCodes } from "../exit-code.ts";
import { credentialVariables, hasInventedCredentials, type Settings } from "../settings/settings.ts";
import { createUnreachable } from "./unreachable.ts";

/** Returns an error of the client in the user's words if these say more; otherwise the error itself. */
export function explainError(settings: Settings, error: unknown): unknown {
  if (isThingSpaceNetworkError(error)) return createUnreachable(settings, error.code ?? "NO_RESPONSE");
  if (hasInventedCredentials(settings) && isUnauthorized(error)) return createCredentialsNeeded(settings);
  return error;
}

/** Returns true if the service refused a token or a login. */
export function isUnauthorized(error: unknown): boolean {
  if (isThingSpaceCredentialsError(error)) return error.reason === "rejected";
  return isThingSpaceApiError(error) && error.status === 401;
}

/** Nothing tells a mock with `--auth strict` from one that was told to respond with 401. */
const createCredentialsNeeded = ({ origin }: Settings) =>
  new CliError(
    "CREDENTIALS_MISSING",
    `There are no credentials, and the mock at ${origin} refused the call.`,
    `A mock that was started with --auth strict needs them. Set ${credentialVariables}, or use --profile.`,
    exitCodes.refused,
  );
