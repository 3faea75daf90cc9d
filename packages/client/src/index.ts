// Making a client.
export { createThingSpaceClient, type ThingSpaceClient } from "./client.ts";
// The operations of each API, by operationId.
export type {
  AuthOperations,
  LegacyOperations,
  V1Operations,
  V2Operations,
} from "./generated/operations.ts";
export type { CallOptions, ClientOptions, Credentials } from "./options.ts";
// What a call gives back.
export type { Result } from "./result.ts";
