// Making a client.

// What a call gives back.
export type { CallInfo } from "./call-info.ts";
export type { CallOptions } from "./call-options.ts";
export {
  createLegacyClient,
  createThingSpaceClient,
  createV1Client,
  createV2Client,
  type LegacyClient,
  type ThingSpaceClient,
  type V1Client,
  type V2Client,
} from "./client.ts";
export type { Core } from "./core.ts";
export type { AccessCredentials, Credentials, SessionCredentials, TokenGiver } from "./credentials.ts";
// What a call throws, besides the reason of an aborted signal.
export {
  isThingSpaceApiError,
  isThingSpaceCredentialsError,
  isThingSpaceNetworkError,
  isThingSpaceTimeoutError,
  ThingSpaceApiError,
  ThingSpaceCredentialsError,
  ThingSpaceNetworkError,
  ThingSpaceTimeoutError,
} from "./errors.ts";
// The operations of each API, by operationId.
export type {
  AuthOperations,
  LegacyOperations,
  V1Operations,
  V2Operations,
} from "./generated/operations.ts";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "./hooks.ts";
export type { ClientOptions } from "./options.ts";
// Finding and moving registrations.
export type {
  Generation,
  Move,
  MoveReport,
  MoveStep,
  Registration,
  Registrations,
} from "./registrations.ts";
export type { Result } from "./result.ts";
export type { StoredToken, TokenStore } from "./token-store.ts";
export { unwrap } from "./unwrap.ts";
