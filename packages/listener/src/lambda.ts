/**
 * Receives messages on AWS Lambda, behind a function URL or an API Gateway HTTP API.
 *
 * @module
 */
import { createBody, createIncomplete } from "./body.ts";
import { type CallbackListener, getCore } from "./listener.ts";
import type { CallbackRequest } from "./request.ts";

/** The parts of an event of payload format 2.0 that the adapter uses. */
export interface LambdaEvent {
  rawPath: string;
  rawQueryString: string;
  /** Names are in lower case, several values of a name are joined with commas. */
  headers: Record<string, string | undefined>;
  requestContext: { http: { method: string; sourceIp: string } };
  body?: string | undefined;
  isBase64Encoded: boolean;
}

/** A response of payload format 2.0. */
export interface LambdaResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Turns a listener into a handler of AWS Lambda, for a function URL, and for an API Gateway HTTP API with payload format 2.0.
 *
 * @throws {TypeError} when the argument does not come from `createCallbackListener`. The handler rejects with one for an event
 * of another format.
 * @example
 * export const handler = toLambdaHandler(listener);
 */
export function toLambdaHandler(listener: CallbackListener): (event: LambdaEvent) => Promise<LambdaResult> {
  const core = getCore(listener);
  return async (event) => {
    const response = await core.receive(describe(event), async () => {
      const body = createBody(core.limits);
      body.add(decode(event));
      return body.bytes();
    });
    return { statusCode: response.status, headers: response.headers, body: response.body ?? "" };
  };
}

function describe({ requestContext, rawPath, rawQueryString, headers }: LambdaEvent): CallbackRequest {
  const { http } = requestContext;
  if (!http) throw new TypeError("The event must have the payload format 2.0 of a function URL or HTTP API.");
  return {
    method: http.method,
    url: rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath,
    headers: { get: (name) => headers[name.toLowerCase()] ?? null },
    remoteAddress: http.sourceIp,
    body: new Uint8Array(),
  };
}

function decode({ body = "", isBase64Encoded }: LambdaEvent): Uint8Array {
  if (!isBase64Encoded) return new TextEncoder().encode(body);
  try {
    return Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  } catch {
    throw createIncomplete();
  }
}
