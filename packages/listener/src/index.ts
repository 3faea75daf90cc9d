/**
 * Receives the callback messages that ThingSpace POSTs to a registered URL: verified, typed, acknowledged.
 *
 * @module
 * @example
 * import { createServer } from "node:http";
 * import { createCallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";
 *
 * const listener = createCallbackListener({
 *   api: "v1",
 *   verify: { username: "me", password: process.env.CALLBACK_PASSWORD ?? "" },
 *   on: { other: (message) => console.log(message) },
 * });
 * createServer(toNodeHandler(listener)).listen(8080);
 */

// Create a listener, and mount it in node:http, Express or Fastify.
export { createCallbackListener, type CallbackListener } from "./listener.ts";
export { toNodeHandler, type NodeRequest, type NodeResponse } from "./node.ts";

// The options of a listener.
export type { AddressOptions, Api, Handler, Handlers, ListenerOptions, SeenOptions } from "./options.ts";

// Verify that a message comes from ThingSpace.
export type {
  CredentialsVerification,
  InsecureVerification,
  PathSecretVerification,
  Verification,
  VerifyFunction,
} from "./options.ts";
export { publishedAddresses } from "./generated/addresses.ts";

// Handle a repeated message once.
export {
  createMemorySeenStore,
  type ClaimResult,
  type MemorySeenStoreOptions,
  type SeenStore,
} from "./seen.ts";

// The messages, as far as they are documented, and the request that a handler receives with one.
export type {
  CallbackFirmware,
  FotaV1CallbackMessage,
  FotaV2CallbackMessage,
  Messages,
} from "./generated/messages.ts";
export type { CallbackRequest } from "./request.ts";

// The events of `onMessage` and `onError`, and the errors of wrong options.
export type { FailureCode } from "./failure.ts";
export type { Failure, MessageEvent } from "./options.ts";
export { OptionError } from "./validate.ts";
