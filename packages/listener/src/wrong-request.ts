// The most common mistake is `app.post("/callbacks", listener)` in Express, without `toNodeHandler`. Without a response
// the request would hang.
import type { Core } from "./core.ts";
import { Refusal } from "./failure.ts";
import type { NodeResponse } from "./node.ts";

export function isWebRequest(request: unknown): boolean {
  const { headers } = (request ?? {}) as Partial<Request>;
  return typeof headers?.get === "function";
}

/** Sends 500 through the response of node:http if there is one, and tells what to use instead. */
export function refuseNodeRequest(core: Core, request: unknown, response: unknown): Response {
  const { method, url, res } = (request ?? {}) as { method?: unknown; url?: unknown; res?: unknown };
  const { status, headers, body } = core.refuse(
    new Refusal(
      "NOT_A_WEB_REQUEST",
      "the listener was called without a web-standard Request: use toNodeHandler(listener) with node:http, Express and Fastify",
    ),
    {
      method: String(method ?? ""),
      url: String(url ?? ""),
      headers: { get: () => null },
      remoteAddress: undefined,
      body: new Uint8Array(),
    },
  );
  // Express keeps the response in the request, too, for whoever wraps the listener in a handler.
  const nodeResponse = response ?? res;
  if (isNodeResponse(nodeResponse) && !nodeResponse.headersSent) {
    nodeResponse.writeHead(status, headers);
    nodeResponse.end(body ?? undefined);
  }
  return new Response(body, { status, headers });
}

function isNodeResponse(response: unknown): response is NodeResponse {
  const { writeHead, end } = (response ?? {}) as Partial<NodeResponse>;
  return typeof writeHead === "function" && typeof end === "function";
}
