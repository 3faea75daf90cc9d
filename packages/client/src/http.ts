// The package's entry `./http`, and the only file that imports openapi-fetch.
import createClient, { type Client } from "openapi-fetch";
import type { Api } from "./api.ts";
import { SecretiveInfo } from "./call-info.ts";
import type { ThingSpaceClient } from "./client.ts";
import { operations, type Paths } from "./generated/operations.ts";
import { insideOf } from "./inside.ts";
import type { Row } from "./table.ts";
import { send } from "./transport.ts";

/** The plain openapi-fetch client of each document. */
export type HttpClients = { [Api in keyof Paths]: Client<Paths[Api]> };

/**
 * Makes the plain openapi-fetch client of each document. Their requests get tokens, retries and hooks of the client that
 * they are made of; their middleware is theirs alone.
 *
 * @throws {TypeError} from a call whose path is not in the document: sent elsewhere, the tokens would be given away.
 * @example
 * const http = createHttpClients(thingspace);
 * const { data } = await http.v2.GET("/callbacks/{account}", { params: { path: { account } } });
 * @see https://openapi-ts.dev/openapi-fetch/api
 */
export function createHttpClients(thingspace: ThingSpaceClient): HttpClients {
  const { transport, baseUrls } = insideOf(thingspace);
  const clientOf = (api: Api, baseUrl: string) =>
    createClient<object>({
      baseUrl,
      fetch: async (request) => {
        const { method, url, signal } = request;
        const path = url.replace(baseUrl, "").split("?")[0] ?? "";
        const found = Object.entries<Row>(operations[api]).find(
          ([, [verb, template]]) =>
            verb === method && new RegExp(`^${template.replace(/{\w+}/g, "[^/]+")}$`).test(path),
        );
        if (!found) throw new TypeError(`${api}: ${method} ${url} is not in the document.`);
        const [operationId, [, , security]] = found;
        const headers = Object.fromEntries(request.headers);
        const { response, text } = await send(
          {
            api,
            operationId,
            security,
            method,
            url,
            headers,
            body: method === "GET" ? undefined : await request.text(),
            timeoutMs: undefined,
            signal,
            info: new SecretiveInfo(`${api}.${operationId}`, undefined, transport.redaction(headers)),
          },
          transport,
        );
        return new Response(text || null, response);
      },
    });
  return Object.fromEntries(
    Object.entries(baseUrls).map(([api, baseUrl]) => [api, clientOf(api as Api, baseUrl)]),
  ) as unknown as HttpClients;
}
