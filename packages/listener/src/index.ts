// Who may send.
export { publishedAddresses } from "./generated/addresses.ts";
// What ThingSpace sends, as far as it is documented.
export type {
  CallbackFirmware,
  FotaV1CallbackMessage,
  FotaV2CallbackMessage,
  Messages,
} from "./generated/messages.ts";
// Receiving it.
export { type CallbackListener, createCallbackListener } from "./listener.ts";
export { type NodeRequest, type NodeResponse, toNodeHandler } from "./node.ts";
export type {
  AddressOptions,
  Api,
  CredentialsVerification,
  Failure,
  Handler,
  Handlers,
  InsecureVerification,
  ListenerOptions,
  PathSecretVerification,
  Verification,
  VerifyFunction,
} from "./options.ts";
export type { CallbackRequest } from "./request.ts";
// Handling a message once.
export {
  type ClaimResult,
  createMemorySeenStore,
  type MemorySeenStoreOptions,
  type SeenStore,
} from "./seen.ts";
