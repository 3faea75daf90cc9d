import {
  buildPath,
  encodeBody,
  getApi,
  getExampleHeaders,
  getExampleParameters,
  getFirstExample,
  type Operation,
  services,
} from "@thingspace-callbacks/contract";

/** A request to an operation, in parts that can be generated and broken one at a time. */
export interface Call {
  api: string;
  operation: Operation;
  /** Path parameters, not encoded. */
  parameters: Record<string, string>;
  headers: Record<string, string>;
  body?: unknown;
  /** Sent instead of `body`, as it is. */
  text?: string;
}

/** Every operation of the service's APIs; the mock's own control operations are no part of the contract. */
export const operations: { api: string; operationId: string; operation: Operation }[] = services.flatMap(
  ({ name: api, operations }) =>
    operations.map((operation) => ({ api, operationId: operation.operationId, operation })),
);

/** The call that the document's first examples make. */
export function exampleCall(api: string, operation: Operation): Call {
  const { body } = operation;
  return {
    api,
    operation,
    parameters: getExampleParameters(operation),
    headers: getExampleHeaders(operation),
    ...(body && { body: getFirstExample(body) }),
  };
}

/** The base path of an API on the mock. */
export const baseOf = (api: string): string => getApi(api).base;

/** The request as it is sent to the API's server: the document's mock, or another one. */
export function requestOf(call: Call, server = getApi(call.api).servers.mock): Request {
  const { operation, parameters, headers } = call;
  const text = call.text ?? encoded(call);
  return new Request(server + buildPath(operation, parameters), {
    method: operation.method.toUpperCase(),
    // As bytes, because fetch adds a Content-Type to text.
    ...(text !== undefined && { body: new TextEncoder().encode(text) }),
    headers,
  });
}

function encoded({ operation, body }: Call): string | undefined {
  return body === undefined ? undefined : encodeBody(operation.body?.mediaType ?? "application/json", body);
}
