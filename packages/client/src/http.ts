// The package's entry `./http`, and the only file that imports openapi-fetch.
import createClient, { type Client } from "openapi-fetch";
import { SecretiveInfo } from "./call/call-info.ts";
import type { Table } from "./call/table.ts";
import { type ThingSpaceClient, withRegistrations } from "./client.ts";
import { createCore } from "./core.ts";
import { type Paths, tables } from "./generated/operations.ts";
import type { ClientOptions } from "./options.ts";
import type { Answer } from "./request/attempt.ts";
import { send } from "./request/send.ts";

/** A client of this package, and the plain openapi-fetch client of each document. */
export interface HttpClient extends ThingSpaceClient {
  /** Their requests get the client's tokens, retries and hooks; their middleware is theirs alone. */
  http: { [Api in keyof Paths]: Client<Paths[Api]> };
}

/**
 * Like `createThingSpaceClient` of the main entry, with the plain openapi-fetch clients below `http`. A call whose path is
 * not in the document throws a `TypeError`: sent elsewhere, the tokens would be given away.
 *
 * @throws {TypeError} when an option is unknown or has a wrong value; the message names it and what was expected.
 * @example
 * const { data } = await thingspace.http.v2.GET("/callbacks/{account}", { params: { path: { account } } });
 * @see https://openapi-ts.dev/openapi-fetch/api
 */
export function createThingSpaceClient(options: ClientOptions = {}): HttpClient {
  const { core, baseUrlOf, transport } = createCore(tables, options);
  const clients = Object.entries<Table>(tables).map(([api, table]) => {
    const baseUrl = baseUrlOf(table);
    const fetch = async (request: Request) => {
      const { method, url, signal } = request;
      const path = url.replace(baseUrl, "").split("?")[0] ?? "";
      const found = Object.entries(table.operations).find(
        ([, [verb, template]]) =>
          verb === method && new RegExp(`^${template.replace(/{\w+}/g, "[^/]+")}$`).test(path),
      );
      if (!found) throw new TypeError(`${api}: ${method} ${url} is not in the document.`);
      const [operationId, [, , tokens]] = found;
      const headers = Object.fromEntries(request.headers);
      const body = method === "GET" ? null : await request.text();
      const info = new SecretiveInfo(`${api}.${operationId}`, undefined, transport.secrets, headers);
      const call = { api, operationId, method, url, headers, body, tokens, signal, sent: {}, info };
      const finish = ({ response, text }: Answer) => new Response(text || null, response);
      return send(() => call, transport, finish);
    };
    return [api, createClient<object>({ baseUrl, fetch })];
  });
  return Object.assign(withRegistrations(core), { http: Object.fromEntries(clients) }) as HttpClient;
}
