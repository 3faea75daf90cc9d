import type { Api, Context } from "./api.ts";
import { createAuthorizer } from "./authorizer.ts";
import { draftOf } from "./draft.ts";
import { operations } from "./generated/operations.ts";
import { createHttp } from "./http.ts";
import type { Row } from "./table.ts";
import { send } from "./transport.ts";

/** The plain openapi-fetch client of one document, over the same transport and tokens. */
export function createPlain(api: Api, baseUrl: string, { transport, timeoutMs, slotOf }: Context) {
  return createHttp<object>(baseUrl, async (request) => {
    const path = request.url.replace(baseUrl, "").split("?")[0] ?? "";
    const found = Object.entries<Row>(operations[api]).find(
      ([, [method, template]]) =>
        method === request.method.toLowerCase() &&
        new RegExp(`^${template.replace(/{\w+}/g, "[^/]+")}$`).test(path),
    );
    // Sent elsewhere, the tokens would be given away.
    if (!found) throw new TypeError(`${api}: ${request.method} ${request.url} is not in the document.`);
    const [operationId, row] = found;
    const info = { operation: `${api}.${operationId}`, account: undefined, attempts: 0 };
    const { response, text } = await send(
      await draftOf(request),
      {
        api,
        operationId,
        info,
        timeoutMs,
        signal: request.signal,
        authorize: createAuthorizer(row[2], (kind) => slotOf(kind, info)),
      },
      transport,
    );
    return new Response(text || null, response);
  });
}
