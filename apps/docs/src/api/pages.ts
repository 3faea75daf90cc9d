/** A page about some exports of a package. */
export interface ApiPage {
  /** Path of the page below `api/`, and of the package's entry point if the page has no `module`. */
  path: string;
  /** Name in the sidebar. */
  label: string;
  title: string;
  description: string;
  /** Entry point, such as `listener/testing`, when the path of the page is another. */
  module?: string;
  /** Exports in the order of the page. By default, all of the entry point. */
  names?: string[];
  /** API whose operations the page shows, with the types that belong to them. */
  operations?: string;
}

const clientPages: ApiPage[] = [
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
  ...["v1", "v2", "v3", "legacy", "auth"].map((api) => ({
    path: `client/${api}`,
    label: `Operations: ${api}`,
    title: `Client operations of ${api}`,
    description: `The operations of thingspace.${api}, each with its arguments and with its result written out.`,
    module: "client",
    operations: api,
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

const listenerPages: ApiPage[] = [
  {
    path: "listener",
    label: "Create a listener",
    title: "Listener API",
    description:
      "createCallbackListener, the listener that it returns, and its use in node:http, Express and Fastify.",
    names: ["createCallbackListener", "CallbackListener", "toNodeHandler", "NodeRequest", "NodeResponse"],
  },
  {
    path: "listener/options",
    label: "Options and handlers",
    title: "Listener options and handlers",
    description: "The options of a listener, and the handlers of its messages.",
    module: "listener",
    names: ["ListenerOptions", "Handlers", "Handler", "Api", "MessageEvent", "OptionError"],
  },
  {
    path: "listener/verification",
    label: "Verification",
    title: "Listener verification",
    description: "The ways to verify that a message comes from ThingSpace.",
    module: "listener",
    names: [
      "Verification",
      "CredentialsVerification",
      "PathSecretVerification",
      "VerifyFunction",
      "InsecureVerification",
      "AddressOptions",
      "publishedAddresses",
    ],
  },
  {
    path: "listener/messages",
    label: "Messages",
    title: "Listener messages",
    description: "The types of the messages, and the request that a handler receives with one.",
    module: "listener",
    names: [
      "Messages",
      "FotaV1CallbackMessage",
      "CallbackFirmware",
      "FotaV2CallbackMessage",
      "CallbackRequest",
    ],
  },
  {
    path: "listener/repeats",
    label: "Repeated messages",
    title: "Listener and repeated messages",
    description: "Stores of the messages that were handled, so that a repeated message is handled once.",
    module: "listener",
    names: ["SeenOptions", "SeenStore", "ClaimResult", "createMemorySeenStore", "MemorySeenStoreOptions"],
  },
  {
    path: "listener/errors",
    label: "Rejected messages",
    title: "Listener and rejected messages",
    description: "What onError receives for a message that the listener rejects.",
    module: "listener",
    names: ["Failure", "FailureCode"],
  },
  {
    path: "listener/inbox",
    label: "Inbox",
    title: "Inbox API",
    description: "createInbox stores each message before it is acknowledged, and handles it afterwards.",
  },
  {
    path: "listener/sqlite",
    label: "SQLite",
    title: "SQLite stores",
    description: "Stores of an inbox and of repeated messages in SQLite, for one machine.",
  },
  {
    path: "listener/postgres",
    label: "Postgres",
    title: "Postgres stores",
    description: "Stores of an inbox and of repeated messages in Postgres, for several machines.",
  },
  {
    path: "listener/redis",
    label: "Redis",
    title: "Redis store",
    description: "A store of repeated messages in Redis.",
  },
  {
    path: "listener/conformance",
    label: "Stores of your own",
    title: "Conformance of stores",
    description: "The cases that a store of your own must pass.",
  },
  {
    path: "listener/record",
    label: "Recorder",
    title: "Recorder of messages",
    description:
      "createRecorder writes down what arrives, without secrets, to compare it with the documents.",
  },
  {
    path: "listener/lambda",
    label: "AWS Lambda",
    title: "Listener in AWS Lambda",
    description: "toLambdaHandler mounts a listener in AWS Lambda.",
  },
  {
    path: "listener/testing",
    label: "Testing",
    title: "Test callbacks",
    description: "createTestCallback creates the request of a message, for the tests of your program.",
  },
];

/** The pages about the packages, in the order of the sidebar. */
export const apiPages = [
  { label: "Client", pages: clientPages },
  { label: "Listener", pages: listenerPages },
];
