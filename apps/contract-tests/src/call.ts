import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import type { Api, MediaType, Operation } from "@thingspace-callbacks/contract/catalogue";

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
export const operations: { api: string; operationId: string; operation: Operation }[] = Object.entries(
  catalogue,
)
  .filter(([, { servers }]) => servers.production)
  .flatMap(([api, { operations }]) =>
    operations.map((operation) => ({ api, operationId: operation.operationId, operation })),
  );

/** The call that the document's first examples make. */
export function exampleCall(api: string, operation: Operation): Call {
  const body = Object.values(mediaOf(operation)?.[1].examples ?? {})[0]?.value;
  return {
    api,
    operation,
    parameters: Object.fromEntries(
      operation.parameters.map(({ name, examples }) => [name, String(Object.values(examples)[0]?.value)]),
    ),
    headers: headersOf(operation),
    ...(body !== undefined && { body }),
  };
}

/** The media type of an operation's request body, and what the document says about it. */
export function mediaOf(operation: Operation): [string, MediaType] | undefined {
  return Object.entries(operation.requestBody?.content ?? {})[0];
}

/** The base path of an API on the mock. */
export const baseOf = (api: string): string => new URL((catalogue[api] as Api).servers.mock).pathname;

/** The request as it is sent to the API's server: the document's mock, or another one. */
export function requestOf(call: Call, server = (catalogue[call.api] as Api).servers.mock): Request {
  const { operation, parameters, headers } = call;
  const path = operation.path.replace(/\{([^}]+)\}/g, (_, name) =>
    encodeURIComponent(parameters[name] ?? ""),
  );
  const text = call.text ?? encoded(call);
  return new Request(server + path, {
    method: operation.method.toUpperCase(),
    // As bytes, because fetch adds a Content-Type to text.
    ...(text !== undefined && { body: new TextEncoder().encode(text) }),
    headers,
  });
}

function encoded({ operation, body }: Call): string | undefined {
  if (body === undefined) return undefined;
  if (mediaOf(operation)?.[0] !== "application/x-www-form-urlencoded") return JSON.stringify(body);
  return new URLSearchParams(body as Record<string, string>).toString();
}

/** What the operation's security and its body demand. */
function headersOf(operation: Operation): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const scheme of operation.security) {
    if (scheme.sentAs === "header") headers[scheme.header] = "any";
    else headers["Authorization"] = scheme.sentAs === "bearer" ? "Bearer any" : `Basic ${btoa("any:any")}`;
  }
  const media = mediaOf(operation);
  if (media) headers["Content-Type"] = media[0];
  return headers;
}
