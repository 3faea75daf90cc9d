import { STATUS_CODES } from "node:http";
import { findResponse, findResponseExample, type Operation } from "@thingspace-callbacks/contract";

/** A request that the mock does not serve; the error handler turns it into the API's own error body. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`Refused with ${status}: ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Creates the documented response whose example has this name, with its status and headers, and a message if one is given. */
export function createRefusal(operation: Operation, example: string, message?: string): Refusal {
  const found = Object.entries(operation.responses).find(([, { body }]) => body?.examples[example]);
  const status = Number(found?.[0]);
  const body = getExample(operation, status, example);
  const headers = getResponseHeaders(operation, status);
  return new Refusal(status, message === undefined ? body : addMessage(body, message), headers);
}

/** The headers that the document has for a status, with their example values, such as `WWW-Authenticate` of 401. */
export function getResponseHeaders(operation: Operation, status: number): Record<string, string> {
  const headers = Object.entries(findResponse(operation, status)?.headers ?? {});
  return Object.fromEntries(headers.map(([name, { schema }]) => [name, String(schema.examples?.[0])]));
}

/** 400 as the operation's document has it for a bad parameter, with our message in it. */
export function createBadRequest(operation: Operation, message: string): Refusal {
  return new Refusal(400, addMessage(getExample(operation, 400, "invalidParameter"), message));
}

/**
 * A status that the documents do not have, in the error body that they have for 400: the OAuth operations say `error`,
 * the others `errorCode`, which is the status's name (departure D28).
 */
export function createUndocumentedRefusal(
  status: number,
  message: string,
  { operation, headers }: { operation?: Operation | undefined; headers?: Record<string, string> } = {},
): Refusal {
  const documented = operation && getExample(operation, 400, "invalidParameter");
  if (documented && "error" in documented) {
    // RFC 6749 has names for a server that fails, for its authorization endpoint; for a bad request, the document has one.
    const error = status === 503 ? "temporarily_unavailable" : "server_error";
    return new Refusal(status, addMessage(status < 500 ? documented : { error }, message), headers);
  }
  return new Refusal(status, { errorCode: toErrorCode(status), errorMessage: message }, headers);
}

/** The name of a status as an error code, such as `METHOD_NOT_ALLOWED`; 400 has the documents' own. */
export function toErrorCode(status: number): string {
  if (status === 400) return "INVALID_PARAMETER";
  return (STATUS_CODES[status] ?? "Error").toUpperCase().replace(/\W+/g, "_");
}

/** A named example of an operation's response. */
export function getExample(operation: Operation, status: number, name: string): object {
  const value = findResponseExample(operation, status, name);
  if (typeof value !== "object" || value === null) {
    throw new Error(`${operation.operationId}: response ${status} has no example "${name}"`);
  }
  return value;
}

function addMessage(body: object, message: string): object {
  return { ...body, ["error" in body ? "error_description" : "errorMessage"]: message };
}
