// biome-ignore-all assist/source/organizeImports: sorting would tear the sentences from what they describe.

// Makes a client.
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
export type { ClientOptions, Fetch, FetchInit, FetchResponse } from "./options.ts";
export type { AccessCredentials, Credentials, SessionCredentials, TokenGiver } from "./auth/credentials.ts";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "./call/hooks.ts";
export type { StoredToken, TokenStore } from "./call/token-store.ts";

// What a call takes and gives back.
export type { CallOptions } from "./call/call-options.ts";
export type { Failure, Result, Success } from "./result/result.ts";
export type { CallInfo } from "./call/call-info.ts";
export { unwrap } from "./result/unwrap.ts";

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
} from "./result/errors.ts";

// Finds and moves registrations.
export type {
  Generation,
  Move,
  MoveReport,
  MoveStep,
  Registration,
  Registrations,
} from "./registrations.ts";

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
} from "./generated/operations.ts";
