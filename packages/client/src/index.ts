/**
 * A typed client of the Verizon ThingSpace FOTA callback APIs. The entry `./http` adds the plain openapi-fetch clients.
 *
 * @example
 * const thingspace = createThingSpaceClient({ credentials: { key, secret, username, password } });
 * const callbacks = unwrap(await thingspace.v1.listRegisteredCallbacks("0242078689-00001"));
 */

// The two main entries: a client, and the data of a result.
export { createThingSpaceClient, type ThingSpaceClient } from "./client.ts";
export { unwrap } from "./result/unwrap.ts";

// Clients of one generation, for small bundles.
export type { GenerationClient } from "./client.ts";
export { createLegacyClient, createV1Client, createV2Client, createV3Client } from "./generated/clients.ts";

// The options of a client: credentials, `fetch`, hooks and where tokens are kept.
export type { ClientOptions, Fetch, FetchInit, FetchResponse } from "./options.ts";
export type {
  AccessCredentials,
  Credentials,
  SessionCredentials,
  TokenGiver,
} from "./auth/credentials.ts";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "./call/hooks.ts";
export type { StoredToken, TokenStore } from "./call/token-store.ts";

// The options of a call and its result.
export type { CallOptions } from "./call/call-options.ts";
export type { Failure, Result, Success } from "./result/result.ts";
export type { CallInfo } from "./call/call-info.ts";

// The errors that a call throws, besides the reason of an aborted signal; and a type guard for each.
export {
  isThingSpaceApiError,
  isThingSpaceCredentialsError,
  isThingSpaceNetworkError,
  isThingSpaceTimeoutError,
  ThingSpaceApiError,
  ThingSpaceCredentialsError,
  ThingSpaceNetworkError,
  ThingSpaceTimeoutError,
} from "./result/errors.ts";
export { OptionError } from "./call/option-error.ts";

// The view over the registrations of every generation.
export type { Generation } from "./generated/registrations.ts";
export type { Registration } from "./registrations/find.ts";
export type { Move, MoveProblem, MoveReport, MoveStep } from "./registrations/move.ts";
export type { Registrations } from "./registrations/registrations.ts";

// Not exported: the operations without their types, and the descriptions that they are made of.

// The operations of each API by operationId, with the types of their requests, data, results and errors.
export type {
  AuthLogInData,
  AuthLogInError,
  AuthLogInRequest,
  AuthLogInResult,
  AuthLogInUnauthorized,
  AuthLogOutData,
  AuthLogOutError,
  AuthLogOutResult,
  AuthLogOutUnauthorized,
  AuthOperations,
  AuthRequestTokenData,
  AuthRequestTokenError,
  AuthRequestTokenRequest,
  AuthRequestTokenResult,
  AuthRequestTokenUnauthorized,
  AuthRevokeTokenData,
  AuthRevokeTokenError,
  AuthRevokeTokenRequest,
  AuthRevokeTokenResult,
  AuthRevokeTokenUnauthorized,
  LegacyDeregisterCallbackUsingDeleteData,
  LegacyDeregisterCallbackUsingDeleteResult,
  LegacyError,
  LegacyGetCallbacksUsingGetData,
  LegacyGetCallbacksUsingGetResult,
  LegacyOperations,
  LegacyRegisterCallbackUsingPostData,
  LegacyRegisterCallbackUsingPostRequest,
  LegacyRegisterCallbackUsingPostResult,
  LegacyUnauthorized,
  V1DeregisterCallbackData,
  V1DeregisterCallbackResult,
  V1Error,
  V1ListRegisteredCallbacksData,
  V1ListRegisteredCallbacksItem,
  V1ListRegisteredCallbacksResult,
  V1Operations,
  V1RegisterCallbackData,
  V1RegisterCallbackRequest,
  V1RegisterCallbackResult,
  V1Unauthorized,
  V2DeregisterCallbackData,
  V2DeregisterCallbackResult,
  V2Error,
  V2ListRegisteredCallbacksData,
  V2ListRegisteredCallbacksResult,
  V2Operations,
  V2RegisterCallbackData,
  V2RegisterCallbackRequest,
  V2RegisterCallbackResult,
  V2Unauthorized,
  V2UpdateCallbackData,
  V2UpdateCallbackRequest,
  V2UpdateCallbackResult,
  V3DeregisterCallbackData,
  V3DeregisterCallbackResult,
  V3Error,
  V3ListRegisteredCallbacksData,
  V3ListRegisteredCallbacksResult,
  V3Operations,
  V3RegisterCallbackData,
  V3RegisterCallbackRequest,
  V3RegisterCallbackResult,
  V3Unauthorized,
  V3UpdateCallbackData,
  V3UpdateCallbackRequest,
  V3UpdateCallbackResult,
} from "./generated/operations.ts";
