import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from "fastify";
import type { Effect } from "../control/faults.ts";
import type { Caller } from "../operations/handler.ts";
import type { Route } from "../operations/routes.ts";
import type { Space } from "../spaces/space.ts";
import { getBodyLimit, readBody } from "./body.ts";
import { sendError } from "./error-handler.ts";
import type { Log } from "./log.ts";
import { endSilentConnections } from "./silent-connections.ts";
import { closeWithError, refuseExpectation } from "./socket-errors.ts";

/** How requests are read. */
export interface ServerOptions {
  log: Log;
  /** Time for a request to arrive whole, in milliseconds. */
  requestTimeoutMs: number;
  /** Certificate and key, in PEM form. */
  tls?: { cert: string; key: string } | undefined;
}

/** Creates the Fastify server that reads requests: their first lines, their headers, and their bodies as bytes. */
export function createServer({ log, requestTimeoutMs, tls }: ServerOptions): FastifyInstance {
  const server = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    // How often Node.js looks for requests that take too long.
    connectionsCheckingInterval: Math.min(requestTimeoutMs, 5_000),
    // Node.js refuses a request without Host with an empty body.
    requireHostHeader: false,
  };
  const app = Fastify({
    logger: log.fastify,
    // A logger per request would number its lines, of which there is hardly ever one.
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
    requestTimeout: requestTimeoutMs,
    // Its response would not have the APIs' error body.
    return503OnClosing: false,
    ...(tls ? { https: { ...server, ...tls } } : { http: server }),
    // As long as a path can be: the documents say how long a parameter may be.
    routerOptions: { maxParamLength: 16_384 },
    clientErrorHandler: closeWithError,
    frameworkErrors: (error, request, reply) => sendError(error, request, reply),
  });
  app.server.on("checkExpectation", refuseExpectation);
  endSilentConnections(app, requestTimeoutMs);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (request, payload, done) => {
    readBody(payload, getBodyLimit(request.route?.api), done);
  });
  app.decorateRequest("route", undefined);
  app.decorateRequest("caller", undefined as never);
  app.decorateRequest("space", undefined as never);
  app.decorateRequest("fault", undefined);
  app.decorateRequest("isRecorded", false);
  app.decorateRequest("refusal", undefined);
  return app;
}

/**
 * Hides a Content-Type from Fastify that it cannot read as a media type: it would refuse the request even without a body.
 * The header as it was sent stays in `request.raw`, where `decodeBody` judges it.
 */
export function maskUnreadableType(request: FastifyRequest): void {
  const sent = request.raw.headers["content-type"];
  if (sent !== undefined && !/^[\w.+*-]+\/[\w.+*-]+ *(;|$)/.test(sent)) {
    request.headers = { "content-type": "*/*" };
  }
}

declare module "fastify" {
  interface FastifyContextConfig {
    route?: Route;
  }
  interface FastifyRequest {
    /** The operation's route; `routeOptions.config` has it too, but Fastify makes that anew at each access. */
    route: Route | undefined;
    /** Who sent the request, once access has been decided. */
    caller: Caller;
    /** The caller's space: its registrations, deliveries and journal. */
    space: Space;
    /** The fault that strikes after the request was taken. */
    fault: Effect | undefined;
    /** Body of the response that refuses the request. */
    refusal: string | undefined;
    /** True if the journal and the log have the request. */
    isRecorded: boolean;
  }
}
