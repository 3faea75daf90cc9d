import {
  createThingSpaceClient,
  type Fetch,
  isThingSpaceCredentialsError,
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
  const { credentials, environment, origin, allowHttp } = settings;
  if (!credentials) {
    throw new CliError(
      "CREDENTIALS_MISSING",
      `There are no credentials for ${environment}.`,
      `Set ${credentialVariables}, or use --profile or --environment mock.`,
    );
  }
  demandBothTokens(credentials);
  demandNotRejected(settings, io.env);
  const client = createThingSpaceClient({
    credentials,
    environment,
    origin,
    allowHttp,
    fetch: createFetch(settings),
  });
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

/** Returns a fetch that names the space of the mock. */
function createFetch({ space }: Settings): Fetch {
  return (url, init) =>
    fetch(url, { ...init, headers: { ...init.headers, ...(space && { "X-Mock-Space": space }) } });
}
