import {
  createThingSpaceClient,
  type Fetch,
  isThingSpaceCredentialsError,
  type ThingSpaceClient,
} from "@thingspace-callbacks/client";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import type { Settings } from "../settings/settings.ts";
import { demandNotRejected, rememberRejected } from "./rejected-logins.ts";
import { explainUnreachable } from "./unreachable.ts";

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
      "Set THINGSPACE_KEY, THINGSPACE_SECRET, THINGSPACE_USERNAME and THINGSPACE_PASSWORD, or use --profile or --environment mock.",
    );
  }
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
    if (isThingSpaceCredentialsError(error) && error.reason === "rejected")
      rememberRejected(settings, io.env);
    throw explainUnreachable(settings, error);
  } finally {
    await client.close();
  }
}

/** Returns a fetch that names the space of the mock. */
function createFetch({ space }: Settings): Fetch {
  return (url, init) =>
    fetch(url, { ...init, headers: { ...init.headers, ...(space && { "X-Mock-Space": space }) } });
}
