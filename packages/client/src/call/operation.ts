/** The parts of a document that the client needs at run time. scripts/descriptions.ts writes one for each API. */
export interface ApiDescription {
  /** Base URL in each environment. */
  servers: { production: string; mock: string };
  /** Operations by operationId. */
  operations: Record<string, OperationDescription>;
}

/** The parts of an operation that the client needs at run time. */
export interface OperationDescription {
  method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  /** Below the API's base URL, with `{parameters}`. The first one, if there is one, is the account. */
  path: string;
  /** The tokens that it needs, in the order to get them in. */
  tokens: readonly TokenKind[];
  /** Media type of the request body; undefined for an operation without one. */
  mediaType?: string;
  /** Form of the documented body of a 200. */
  data: DataForm;
}

/** A token that an operation needs; `key` is the application's key and secret in Basic form. */
export type TokenKind = "session" | "access" | "key";

/** A list is an array of objects. */
export type DataForm = "none" | "object" | "list";

/** Returns the name of the parameter that a segment of a path stands for; undefined for fixed segments. */
export function getParameterName(segment: string): string | undefined {
  return segment.startsWith("{") ? segment.slice(1, -1) : undefined;
}
