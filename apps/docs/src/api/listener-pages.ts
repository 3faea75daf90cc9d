import type { ApiPage } from "./page.ts";

/** The pages about the listener, in the order of the sidebar. */
export const listenerPages: ApiPage[] = [
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
