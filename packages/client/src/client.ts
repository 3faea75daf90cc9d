// The only file that imports openapi-fetch.
import createClient from "openapi-fetch";
import { authorization } from "./authorization.ts";
import { type Operations, operations, servers } from "./generated/operations.ts";
import type { CallOptions, ClientOptions } from "./options.ts";

/** The operations of each API by operationId, parameters in the documents' order, then the body. */
export type ThingSpaceClient = Operations;

type Api = keyof Operations;
type TableRow = {
  method: "get" | "put" | "post" | "patch" | "delete";
  path: string;
  parameters: readonly string[];
  contentType: string | null;
  security: Parameters<typeof authorization>[0];
};

/**
 * Makes a client of the ThingSpace callback APIs.
 *
 * @throws {TypeError} when an option has a wrong value; the message names it.
 * @example
 * const thingspace = createThingSpaceClient({
 *   environment: "mock",
 *   credentials: { accessToken: "any", sessionToken: "any" },
 * });
 * const result = await thingspace.v2.listRegisteredCallbacks("0000123456-00001");
 * if (result.ok) console.log(result.data.url);
 */
export function createThingSpaceClient(options: ClientOptions = {}): ThingSpaceClient {
  const { credentials = {}, environment = "production", origin, fetch } = options;
  if (environment !== "production" && environment !== "mock") {
    throw new TypeError(`environment must be "production" or "mock", not ${JSON.stringify(environment)}.`);
  }
  if (origin !== undefined && !URL.canParse(origin)) {
    throw new TypeError(
      `origin must be an absolute URL such as "http://127.0.0.1:4010", not ${JSON.stringify(origin)}.`,
    );
  }

  const clientOf = (api: Api) => {
    const server = servers[api][environment];
    const baseUrl = origin === undefined ? server : new URL(new URL(server).pathname, origin).href;
    const http = createClient<Record<string, never>>({ baseUrl, ...(fetch && { fetch }) });

    const call = async (row: TableRow, args: unknown[]) => {
      const path = Object.fromEntries(row.parameters.map((name, index) => [name, args[index]]));
      const rest = args.slice(row.parameters.length);
      const body = row.contentType === null ? undefined : rest.shift();
      const { signal, headers } = (rest[0] ?? {}) as CallOptions;
      const request = {
        params: { path },
        parseAs: "text",
        headers: {
          ...(row.contentType !== null && { "Content-Type": row.contentType }),
          ...authorization(row.security, credentials),
          ...headers,
        },
        ...(body !== undefined && { body }),
        ...(signal && { signal }),
      };
      // openapi-fetch types calls by literal path; the generated interface has already done so for our callers.
      const answer = await http.request(row.method, row.path as never, request as never);
      const { data, error, response } = answer as { data?: string; error?: unknown; response: Response };
      return response.ok
        ? { ok: true, status: response.status, data: parse(data, response), response }
        : { ok: false, status: response.status, error, response };
    };

    const rows = Object.entries(operations[api] as Record<string, TableRow>);
    return Object.fromEntries(
      rows.map(([operationId, row]) => [operationId, (...args: unknown[]) => call(row, args)]),
    );
  };

  const apis = Object.keys(operations) as Api[];
  return Object.fromEntries(apis.map((api) => [api, clientOf(api)])) as unknown as ThingSpaceClient;
}

function parse(text: string | undefined, response: Response): unknown {
  if (!text) return undefined;
  return response.headers.get("Content-Type")?.includes("json") ? JSON.parse(text) : text;
}
