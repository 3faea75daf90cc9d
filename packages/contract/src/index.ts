/**
 * The only reader of the documents in spec/. Everything here is plain data and small functions without a dependency on
 * Node.js; the bundled documents themselves are in `@thingspace-callbacks/contract/documents`.
 *
 * @example
 * const list = getByRole(getGeneration("v2"), "list");
 * buildPath(list, { account: "0000123456-00001" }); // "/callbacks/0000123456-00001"
 */

// The documents: every API and its operations.
export { apis, tokenFacts } from "./generated/apis.ts";
export {
  findApi,
  findByRole,
  findOperation,
  generations,
  getApi,
  getByRole,
  getGeneration,
  getOperation,
  listOperations,
  registrations,
  services,
} from "./apis.ts";
export type { Api, Generation, TokenFacts } from "./api.ts";
export type { BodyOf } from "./typed-operation.ts";

// An operation: its role, tokens and path.
export type { Method, Operation, Role } from "./operation.ts";
export type { Parameter } from "./parameter.ts";
export { formatCredentials, type SecurityScheme, type Token } from "./security.ts";
export { buildPath, fillPath, matchesPath } from "./path.ts";

// Its bodies and examples.
export { type Body, encodeBody, type RequestBody } from "./body.ts";
export { type Example, getFirstExample } from "./example.ts";
export { findResponse, findResponseExample, getSuccess, type Response } from "./response.ts";
export {
  buildExampleRequest,
  type ExampleRequest,
  getExampleHeaders,
  getExampleParameters,
} from "./request.ts";

// The message of a generation.
export {
  type DeviceWords,
  getAt,
  type MemberEvidence,
  type Message,
  type MessageType,
  type Sender,
  type SiblingPorts,
  type SourceAddresses,
  type UpgradeWords,
} from "./message.ts";

// Schemas: the only code that walks them.
export {
  findMember,
  formatPath,
  formatType,
  getLimit,
  listMembers,
  type Member,
  type Schema,
  type SchemaPlace,
  walkSchema,
} from "./schema.ts";

// Decisions that several packages share.
export { formatDuration } from "./duration.ts";
export { isLoopbackHost, isLoopbackHostname } from "./loopback.ts";
export { isJson, type MediaType, parseMediaType } from "./media-type.ts";

// Secrets: which names hold one, and one way to hide it.
export { secretHeaders, secretMembers } from "./secrets.ts";
export {
  type Body as RedactableBody,
  hideBody,
  isSecretName,
  redactBody,
  redactHeaders,
  redactText,
  redactUrl,
} from "./redact/index.ts";
