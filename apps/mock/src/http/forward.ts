import type { IncomingHttpHeaders } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Agent } from "undici";
import { StoreAwayError } from "../postgres/away.ts";

/** Sends requests to the active instance and returns its responses. */
export interface Forward {
  /** @throws {StoreAwayError} when the active instance does not respond */
  (request: FastifyRequest, reply: FastifyReply, url: string): Promise<void>;
  /** Ends the requests that are under way, because the instance that they were sent to is not active any more. */
  end(): Promise<void>;
}

/** Marks a request that was forwarded, so that it is not forwarded again. */
export const forwardedHeader = "x-mock-forwarded";

/** Headers about one connection only (RFC 9110, 7.6.1), and one that Node.js has answered already. */
const hopHeaders = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
]);

/** Creates the function that forwards requests. With TLS, all instances have the same certificate. */
export function createForward(tls?: { cert: string }): Forward {
  let target = { url: "", agent: createAgent(tls) };
  const end = (url = "") => {
    const { agent } = target;
    target = { url, agent: createAgent(tls) };
    return agent.destroy();
  };
  const forward = async ({ raw, method, url: path }: FastifyRequest, reply: FastifyReply, url: string) => {
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    // A machine that was lost never ends its connections.
    if (url !== target.url) await end(url);
    const hasBody = raw.headers["content-length"] !== undefined || "transfer-encoding" in raw.headers;
    try {
      const { statusCode, headers, body } = await target.agent.request({
        origin: url,
        path,
        method: method as "GET",
        headers: { ...withoutHopHeaders(raw.headers), [forwardedHeader]: "1" },
        body: hasBody ? raw : null,
        signal: gone.signal,
      });
      body.on("error", () => {});
      reply.code(statusCode).headers(withoutHopHeaders(headers)).send(body);
    } catch {
      throw new StoreAwayError();
    }
  };
  return Object.assign(forward, { end: () => end() });
}

function createAgent(tls: { cert: string } | undefined): Agent {
  const ownCertificate = {
    ca: tls?.cert,
    allowPartialTrustChain: true,
    checkServerIdentity: () => undefined,
  };
  return new Agent({
    // Long polls and streams take their time; a caller that goes away ends them.
    headersTimeout: 0,
    bodyTimeout: 0,
    connections: 256,
    connect: { timeout: 2_000, ...(tls && ownCertificate) },
  });
}

function withoutHopHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(
    ([name, value]) => value !== undefined && !hopHeaders.has(name),
  );
  return Object.fromEntries(kept) as Record<string, string | string[]>;
}
