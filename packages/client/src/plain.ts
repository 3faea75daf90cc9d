import type { Api } from "./api.ts";
import { draftOf } from "./draft.ts";
import { operations } from "./generated/operations.ts";
import { createHttp } from "./http.ts";
import type { Row } from "./table.ts";
import { send, type Transport } from "./transport.ts";

/** The plain openapi-fetch client of one document, over the same transport and tokens. */
export function createPlain(api: Api, baseUrl: string, transport: Transport) {
  return createHttp<object>(baseUrl, async (request) => {
    const { method, url, signal } = request;
    const path = url.replace(baseUrl, "").split("?")[0] ?? "";
    const found = Object.entries<Row>(operations[api]).find(
      ([, [verb, template]]) =>
        verb === method.toLowerCase() && new RegExp(`^${template.replace(/{\w+}/g, "[^/]+")}$`).test(path),
    );
    // Sent elsewhere, the tokens would be given away.
    if (!found) throw new TypeError(`${api}: ${method} ${url} is not in the document.`);
    const [operationId, [, , security]] = found;
    const info = { operation: `${api}.${operationId}`, account: undefined, attempts: 0 };
    const call = { api, operationId, security, info, timeoutMs: undefined, signal };
    const { response, text } = await send(await draftOf(request), call, transport);
    return new Response(text || null, response);
  });
}
