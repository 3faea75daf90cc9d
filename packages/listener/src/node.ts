import { alreadyRead, type Body, type BodyLimits, brokenOff, createBody, tooSlow } from "./body.ts";
import { beforeDeadline } from "./deadline.ts";
import { type CallbackListener, coreOf } from "./listener.ts";
import type { CallbackRequest } from "./request.ts";

/** What is used of an `http.IncomingMessage`, also one that Express has been at. */
export interface NodeRequest {
  method?: string | undefined;
  url?: string | undefined;
  /** Express: `url` before routers cut it. */
  originalUrl?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
  socket: { remoteAddress?: string | undefined };
  complete: boolean;
  destroyed: boolean;
  readableEnded: boolean;
  /** What a body parser has made of the body. */
  body?: unknown;
  read(): Uint8Array | null;
  resume(): unknown;
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  on(event: "end" | "error" | "close", listener: () => void): unknown;
  destroy(): unknown;
}

/** What is used of an `http.ServerResponse`. */
export interface NodeResponse {
  headersSent: boolean;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body?: string): unknown;
}

/**
 * Makes a listener a handler for node:http, Express and, over `request.raw` and `reply.raw`, Fastify. Never rejects.
 *
 * It wants the body unread. What a body parser left in `request.body` is taken, too, as far as it can be.
 *
 * @throws {TypeError} when it is given anything but a listener of `createCallbackListener`.
 * @example
 * createServer(toNodeHandler(listener)).listen(8080);
 */
export function toNodeHandler(
  listener: CallbackListener,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  const core = coreOf(listener);
  return async (request, response) => {
    let isRead = false;
    const answer = await core.receive(describe(request), async () => {
      const body = await readBody(request, core.limits);
      isRead = true;
      return body;
    });
    // Somebody has answered already; there is nothing to add.
    if (response.headersSent) return;
    const isStalled = answer.status === 408;
    response.writeHead(
      answer.status,
      isStalled ? { ...answer.headers, Connection: "close" } : answer.headers,
    );
    response.end(answer.body ?? undefined);
    if (!isRead && !request.complete && !request.destroyed && !isStalled) drain(request, core.limits);
  };
}

/**
 * Lets the rest of a refused body come, and be thrown away: many a sender reads the answer only when it has sent
 * everything. Not for ever.
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
  // Node.js goes on with the packet that the head came in before it goes on here. Most bodies are in it, whole, and
  // cost neither events nor a timer.
  await undefined;
  const come = request.read();
  if (come) body.add(come);
  if (body.bytes().length === Number(request.headers["content-length"])) {
    request.resume();
    return body.bytes();
  }
  return beforeDeadline(restOf(request, body), limits.bodyTimeoutMs, () => tooSlow(limits));
}

function restOf(request: NodeRequest, body: Body): Promise<Uint8Array> {
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
    request.on("error", () => reject(brokenOff()));
    request.on("close", () => {
      if (!request.readableEnded) reject(brokenOff());
    });
  });
}

/** What a body parser read: as bytes, as text, or as the value of the JSON. */
async function parsedBody({ body: parsed }: NodeRequest, limits: BodyLimits): Promise<Uint8Array> {
  if (parsed === undefined) throw alreadyRead();
  const body = createBody(limits);
  if (parsed instanceof Uint8Array) body.add(parsed);
  else body.add(new TextEncoder().encode(typeof parsed === "string" ? parsed : JSON.stringify(parsed)));
  return body.bytes();
}
