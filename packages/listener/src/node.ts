import {
  type Body,
  type BodyLimits,
  createAlreadyRead,
  createBody,
  createIncomplete,
  createTooSlow,
} from "./body.ts";
import { type CallbackListener, getCore } from "./listener.ts";
import type { CallbackRequest } from "./request.ts";
import { withTimeout } from "./timeout.ts";

/** The parts of `http.IncomingMessage` that the adapter uses, including what Express adds. */
export interface NodeRequest {
  method?: string | undefined;
  url?: string | undefined;
  /** The whole URL in Express, whose routers shorten `url`. */
  originalUrl?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
  socket: { remoteAddress?: string | undefined };
  complete: boolean;
  destroyed: boolean;
  readableEnded: boolean;
  /** The body that a body parser has read. */
  body?: unknown;
  read(): Uint8Array | null;
  resume(): unknown;
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  on(event: "end" | "error" | "close", listener: () => void): unknown;
  destroy(): unknown;
}

/** The parts of `http.ServerResponse` that the adapter uses. */
export interface NodeResponse {
  headersSent: boolean;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body?: string): unknown;
}

/**
 * Turns a listener into a handler for node:http, Express and, with `request.raw` and `reply.raw`, Fastify. The handler
 * never rejects.
 *
 * Mount it before body parsers, so that it reads the body itself. Otherwise it uses what a parser left in `request.body`.
 *
 * @throws {TypeError} when the argument does not come from `createCallbackListener`.
 * @example
 * createServer(toNodeHandler(listener)).listen(8080);
 */
export function toNodeHandler(
  listener: CallbackListener,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  const core = getCore(listener);
  return async (request, response) => {
    let isRead = false;
    const adapted = await core.receive(describe(request), async () => {
      const body = await readBody(request, core.limits);
      isRead = true;
      return body;
    });
    // Something else has sent a response already.
    if (response.headersSent) return;
    const isStalled = adapted.status === 408;
    response.writeHead(
      adapted.status,
      isStalled ? { ...adapted.headers, Connection: "close" } : adapted.headers,
    );
    response.end(adapted.body ?? undefined);
    if (!isRead && !request.complete && !request.destroyed && !isStalled) drain(request, core.limits);
  };
}

/**
 * Reads and discards the rest of a refused body, because many senders read the response only when they have sent
 * everything. Ends the connection after `bodyTimeoutMs`.
 */
function drain(request: NodeRequest, { bodyTimeoutMs }: BodyLimits): void {
  const timer = setTimeout(() => request.destroy(), bodyTimeoutMs);
  request.on("close", () => clearTimeout(timer));
  request.resume();
}

function describe({ method = "", url = "", originalUrl, headers, socket }: NodeRequest): CallbackRequest {
  return {
    method,
    url: originalUrl ?? url,
    headers: {
      get: (name) => {
        const value = headers[name.toLowerCase()];
        return Array.isArray(value) ? value.join(", ") : (value ?? null);
      },
    },
    remoteAddress: socket.remoteAddress,
    body: nothing,
  };
}

const nothing = new Uint8Array();

async function readBody(request: NodeRequest, limits: BodyLimits): Promise<Uint8Array> {
  if (request.readableEnded) return parsedBody(request, limits);
  const body = createBody(limits);
  // Node.js processes the rest of the packet with the headers before it continues here. Most bodies are in that packet
  // and need neither events nor a timer.
  await undefined;
  const come = request.read();
  if (come) body.add(come);
  if (body.bytes().length === Number(request.headers["content-length"])) {
    request.resume();
    return body.bytes();
  }
  return withTimeout(readRest(request, body), limits.bodyTimeoutMs, () => createTooSlow(limits));
}

function readRest(request: NodeRequest, body: Body): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let isTooLarge = false;
    request.on("data", (chunk) => {
      if (isTooLarge) return;
      try {
        body.add(chunk);
      } catch (error) {
        isTooLarge = true;
        reject(error);
      }
    });
    request.on("end", () => resolve(body.bytes()));
    request.on("error", () => reject(createIncomplete()));
    request.on("close", () => {
      if (!request.readableEnded) reject(createIncomplete());
    });
  });
}

/** Returns what a body parser read: bytes, text, or the value of the JSON. */
async function parsedBody({ body: parsed }: NodeRequest, limits: BodyLimits): Promise<Uint8Array> {
  if (parsed === undefined) throw createAlreadyRead();
  const body = createBody(limits);
  if (parsed instanceof Uint8Array) body.add(parsed);
  else body.add(new TextEncoder().encode(typeof parsed === "string" ? parsed : JSON.stringify(parsed)));
  return body.bytes();
}
