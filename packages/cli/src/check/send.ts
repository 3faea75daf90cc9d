import { type ClientRequest, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { CheckRequest } from "./case.ts";

/** How a listener answered a request. */
export interface Answer {
  /** Undefined if there was no response. */
  status?: number;
  /** Why there was no response: `TIMEOUT`, or the code of the connection's error. */
  error?: string;
  durationMs: number;
}

/** Sends a request over a connection of its own, and resolves when the whole response is there or the time is over. */
export function send(
  url: URL,
  { method, headers, body, url: other }: CheckRequest,
  timeLimitMs: number,
): Promise<Answer> {
  const start = performance.now();
  const target = other ?? url;
  const sendOver = target.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
    const request = sendOver(target, { method, headers: { ...headers, ...length }, agent: false });
    const timer = setTimeout(() => finish({ error: "TIMEOUT" }), timeLimitMs);
    request.on("response", (response) => {
      response.on("end", () => finish({ status: response.statusCode ?? 0 }));
      response.on("error", (error) => finish({ error: toCode(error) }));
      response.resume();
    });
    request.on("error", (error) => finish({ error: toCode(error) }));
    request.end(body);

    function finish(answer: Omit<Answer, "durationMs">): void {
      clearTimeout(timer);
      resolve({ ...answer, durationMs: Math.round(performance.now() - start) });
      destroy(request);
    }
  });
}

function destroy(request: ClientRequest): void {
  // An aborted request reports an error, which nobody waits for any more.
  request.on("error", () => {});
  request.destroy();
}

const toCode = (error: Error) => (error as NodeJS.ErrnoException).code ?? "NO_RESPONSE";
