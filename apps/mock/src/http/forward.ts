import type { IncomingHttpHeaders } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Agent, type Dispatcher } from "undici";
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
    // A machine that was lost never ends its connections.
    if (url !== target.url) await end(url);
    const hasBody = raw.headers["content-length"] !== undefined || "transfer-encoding" in raw.headers;
    const headers = withoutHopHeaders(raw.headers);
    headers[forwardedHeader] = "1";
    const { agent } = target;
    return new Promise<void>((resolve, reject) => {
      const options = { origin: url, path, method: method as "GET", headers, body: hasBody ? raw : null };
      agent.dispatch(options, createCopier(reply, { resolve, reject }));
    });
  };
  return Object.assign(forward, { end: () => end() });
}

/**
 * Creates what writes a response into that of this instance as it arrives. Fastify is not asked to send it: a stream for
 * each response would cost more than all the rest.
 */
function createCopier(
  reply: FastifyReply,
  { resolve, reject }: { resolve: () => void; reject: (error: Error) => void },
): Dispatcher.DispatchHandler {
  const response = reply.raw;
  let controller: Dispatcher.DispatchController | undefined;
  const abort = () => {
    if (!response.writableEnded) controller?.abort(new Error("The caller is gone"));
  };
  const resume = () => controller?.resume();
  response.once("close", abort);
  return {
    onRequestStart: (started) => {
      controller = started;
      if (response.destroyed) abort();
    },
    onResponseStart: (_controller, status, headers) => {
      // An informational response is not the one that is waited for.
      if (status < 200) return;
      reply.hijack();
      response.writeHead(status, withoutHopHeaders(headers));
      response.on("drain", resume);
      resolve();
    },
    onResponseData: (_controller, chunk) => {
      // Node.js joins text with the header to one write, and bytes to none. In latin1 each byte is a character.
      if (!response.write(chunk.toString("latin1"), "latin1")) controller?.pause();
    },
    onResponseEnd: () => {
      response.end();
    },
    onResponseError: () => {
      // Half a response must not look like a whole one.
      if (response.headersSent) response.destroy();
      else reject(new StoreAwayError());
    },
  };
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
    // The active instance keeps idle connections for longer, so it never closes one to which a request is on its way.
    keepAliveMaxTimeout: 4_000,
    connect: { timeout: 2_000, ...(tls && ownCertificate) },
  });
}

function withoutHopHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopHeaders.has(name)) kept[name] = value;
  }
  return kept;
}
