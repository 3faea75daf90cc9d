import {
  type Credentials,
  createThingSpaceClient,
  type Fetch,
  isThingSpaceCredentialsError,
  OptionError,
  type ThingSpaceClient,
} from "@thingspace-callbacks/client";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import {
  credentialVariables,
  demandBothTokens,
  hasInventedCredentials,
  type Settings,
} from "../settings/settings.ts";
import { explainError } from "./explain.ts";
import { demandNotRejected, rememberRejected } from "./rejected-logins.ts";

/** Runs `use` with a client, and logs out afterwards. */
export async function withClient<T>(
  { io }: Context,
  settings: Settings,
  use: (client: ThingSpaceClient) => Promise<T>,
): Promise<T> {
  const { credentials, environment } = settings;
  if (!credentials) {
    throw new CliError(
      "CREDENTIALS_MISSING",
      `There are no credentials for ${environment}.`,
      `Set ${credentialVariables}, or use --profile or --environment mock.`,
    );
  }
  demandBothTokens(credentials);
  demandNotRejected(settings, io.env);
  const client = createClient(settings, credentials);
  try {
    return await use(client);
  } catch (error) {
    const isRejected = isThingSpaceCredentialsError(error) && error.reason === "rejected";
    if (isRejected && !hasInventedCredentials(settings)) rememberRejected(settings, io.env);
    throw explainError(settings, error);
  } finally {
    await client.close();
  }
}

/** @throws {CliError} which names the option, variable or member of the profile that the client refuses */
function createClient(settings: Settings, credentials: Credentials): ThingSpaceClient {
  const { environment, origin, originSource, allowHttp } = settings;
  try {
    return createThingSpaceClient({
      credentials,
      environment,
      origin,
      allowHttp,
      fetch: createFetch(settings),
    });
  } catch (error) {
    // What comes from an option is an origin already, so that only its scheme can be refused.
    if (!(error instanceof OptionError) || error.option !== "origin") throw error;
    throw new CliError(
      "PLAIN_HTTP",
      `${originSource}: ${origin} is plain http and not on this machine, so that others could read the tokens.`,
      "Use https, or add --allow-http.",
    );
  }
}

/** Returns a fetch that names the space of the mock. */
function createFetch({ space }: Settings): Fetch {
  return (url, init) =>
    fetch(url, { ...init, headers: { ...init.headers, ...(space && { "X-Mock-Space": space }) } });
}
