import type { Operation } from "@thingspace-callbacks/spec";

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

/** 400 as the operation's document has it for a bad parameter, with our message in it. */
export function badRequest(operation: Operation, message: string): Refusal {
  return new Refusal(400, withMessage(exampleOf(operation, 400, "invalidParameter"), message));
}

/**
 * A status that the documents do not have, in the error body that they have for 400: the OAuth operations say `error`,
 * the others `errorCode`. The codes are the mock's own.
 */
export function undocumented(
  status: number,
  code: string,
  message: string,
  { operation, headers }: { operation?: Operation | undefined; headers?: Record<string, string> } = {},
): Refusal {
  const documented = operation && exampleOf(operation, 400, "invalidParameter");
  const body =
    documented && "error" in documented
      ? withMessage(documented, message)
      : { errorCode: code, errorMessage: message };
  return new Refusal(status, body, headers);
}

/** A named example of an operation's response. */
export function exampleOf(operation: Operation, status: number, name: string): object {
  const value = operation.responses[status]?.content?.["application/json"]?.examples[name]?.value;
  if (typeof value !== "object" || value === null) {
    throw new Error(`${operation.operationId}: response ${status} has no example "${name}"`);
  }
  return value;
}

function withMessage(body: object, message: string): object {
  return { ...body, ["error" in body ? "error_description" : "errorMessage"]: message };
}
