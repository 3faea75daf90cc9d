// The package's entry `./http`, and the only file that imports openapi-fetch.
import createClient, { type Client } from "openapi-fetch";
import type { Call } from "./call/call.ts";
import { CountedInfo } from "./call/call-info.ts";
import { type ApiDescription, getParameterName, type OperationDescription } from "./call/operation.ts";
import { OptionError } from "./call/option-error.ts";
import { addRegistrations, assembleClient, type ClientParts, type ThingSpaceClient } from "./client.ts";
import { descriptions } from "./generated/descriptions.ts";
import type { Paths } from "./generated/operations.ts";
import type { ClientOptions } from "./options.ts";
import { send } from "./request/send.ts";

/** A client of this package, and the plain openapi-fetch client of each document. */
export interface HttpClient extends ThingSpaceClient {
  /** Their requests get the client's tokens, retries and hooks. Each has middleware of its own. */
  http: { [Api in keyof Paths]: Client<Paths[Api]> };
}

/**
 * Like `createThingSpaceClient` of the main entry, with the plain openapi-fetch clients as `http`. A call whose path is
 * not in the document throws an `OptionError`, because it would give the tokens away.
 *
 * @throws {OptionError} when an option is unknown or has a wrong value.
 * @example
 * const { data } = await thingspace.http.v2.GET("/callbacks/{account}", { params: { path: { account } } });
 * @see https://openapi-ts.dev/openapi-fetch/api
 */
export function createThingSpaceClient(options: ClientOptions = {}): HttpClient {
  const parts = assembleClient(descriptions, options);
  const clients = Object.entries(descriptions).map(([api, description]) => [
    api,
    createPlainClient(api, description, parts),
  ]);
  return { ...addRegistrations(parts.client), http: Object.fromEntries(clients) };
}

function createPlainClient(
  api: string,
  description: ApiDescription,
  { transport, getBaseUrl }: Pick<ClientParts<never>, "transport" | "getBaseUrl">,
): Client<object> {
  const baseUrl = getBaseUrl(description);
  const prepare = async (request: Request): Promise<Call> => {
    const { method, url, signal } = request;
    const [path = ""] = url.startsWith(baseUrl) ? url.slice(baseUrl.length).split("?") : [];
    const found = findOperation(description, method, path);
    if (!found) {
      throw new OptionError("INVALID_ARGUMENT", "path", `${api}: ${method} ${url} is not in the document.`);
    }
    const [operationId, { tokens }] = found;
    const headers = Object.fromEntries(request.headers);
    const body = method === "GET" ? null : await request.text();
    const info = new CountedInfo(`${api}.${operationId}`, undefined, {
      credentials: transport.secrets,
      headers,
    });
    return { api, operationId, method, url, headers, body, tokens, signal, sent: {}, info };
  };
  const fetch = async (request: Request) => {
    const { response, text } = await send(await prepare(request), transport);
    return new Response(text || null, response);
  };
  return createClient<object>({ baseUrl, fetch });
}

/** Finds the operation that a request calls. */
function findOperation(
  { operations }: ApiDescription,
  method: string,
  path: string,
): [operationId: string, OperationDescription] | undefined {
  const segments = path.split("/");
  return Object.entries(operations).find(
    ([, operation]) => operation.method === method && matchesPath(operation, segments),
  );
}

function matchesPath({ path }: OperationDescription, segments: string[]): boolean {
  const expected = path.split("/");
  if (expected.length !== segments.length) return false;
  return expected.every((segment, index) =>
    getParameterName(segment) === undefined ? segment === segments[index] : segments[index] !== "",
  );
}
