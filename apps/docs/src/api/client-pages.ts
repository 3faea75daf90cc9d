import { apis } from "@thingspace-callbacks/contract";
import type { ApiPage } from "./page.ts";

/** The APIs of ThingSpace; the mock's control API has no server but the mock. */
const services = apis.filter(({ servers }) => servers.production !== undefined);

/** The pages about the client, in the order of the sidebar. */
export const clientPages: ApiPage[] = [
  {
    path: "client",
    label: "Create a client",
    title: "Client API",
    description: "createThingSpaceClient, the client that it returns, and clients of one generation.",
    names: [
      "createThingSpaceClient",
      "ThingSpaceClient",
      "createV1Client",
      "createV2Client",
      "createV3Client",
      "createLegacyClient",
      "GenerationClient",
    ],
  },
  {
    path: "client/options",
    label: "Options",
    title: "Client options",
    description: "The options of a client, and the fetch function that it can use.",
    module: "client",
    names: ["ClientOptions", "Fetch", "FetchInit", "FetchResponse", "OptionError"],
  },
  {
    path: "client/credentials",
    label: "Credentials and tokens",
    title: "Client credentials and tokens",
    description: "Credentials, tokens that your program brings, and a store that several processes share.",
    module: "client",
    names: [
      "Credentials",
      "AccessCredentials",
      "SessionCredentials",
      "TokenGiver",
      "TokenStore",
      "StoredToken",
    ],
  },
  ...services.map(({ name }) => ({
    path: `client/${name}`,
    label: `Operations: ${name}`,
    title: `Client operations of ${name}`,
    description: `The operations of thingspace.${name}, each with its arguments and with its result written out.`,
    module: "client",
    operations: name,
  })),
  {
    path: "client/results",
    label: "Calls and results",
    title: "Client calls and results",
    description: "The options of a call, its result, and unwrap, which returns the data or throws.",
    module: "client",
    names: ["Result", "Success", "Failure", "unwrap", "CallOptions", "CallInfo"],
  },
  {
    path: "client/errors",
    label: "Errors",
    title: "Client errors",
    description: "The errors that a call throws when it has no result, and a type guard for each.",
    module: "client",
    names: [
      "ThingSpaceNetworkError",
      "ThingSpaceTimeoutError",
      "ThingSpaceCredentialsError",
      "ThingSpaceApiError",
      "isThingSpaceNetworkError",
      "isThingSpaceTimeoutError",
      "isThingSpaceCredentialsError",
      "isThingSpaceApiError",
    ],
  },
  {
    path: "client/hooks",
    label: "Hooks",
    title: "Client hooks",
    description: "Functions that a client calls around each attempt, for logs and metrics.",
    module: "client",
    names: ["Hooks", "RequestEvent", "ResponseEvent", "RetryEvent"],
  },
  {
    path: "client/registrations",
    label: "Registrations",
    title: "Client registrations",
    description:
      "One view over the registrations of every generation: list them, and move one to another generation.",
    module: "client",
    names: ["Registrations", "Registration", "Generation", "Move", "MoveReport", "MoveStep", "MoveProblem"],
  },
  {
    path: "client/http",
    label: "With openapi-fetch",
    title: "Client with openapi-fetch",
    description:
      "The plain openapi-fetch client of each document, with the tokens, retries and hooks of the client.",
  },
];
