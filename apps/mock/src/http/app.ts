import { fillPath, redactUrl } from "@thingspace-callbacks/contract";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import type { Config } from "../config.ts";
import { applyFault } from "../control/fault-reply.ts";
import type { Faults } from "../control/faults.ts";
import { demandControl } from "../control/guard.ts";
import type { AllowList } from "../deliveries/target/allow-list.ts";
import { createEngine, type EngineName } from "../engine/engine.ts";
import { type Journal, keepBody, type NewEntry } from "../journal/journal.ts";
import type { Handlers } from "../operations/handler.ts";
import { Refusal } from "../operations/refusal.ts";
import { pathnameOf, type Route, routes } from "../operations/routes.ts";
import type { Tokens } from "../state/tokens.ts";
import { createAuthentication, type SessionErrors } from "./authentication.ts";
import { bodyLimitOf, readBody } from "./body.ts";
import { notFound, sendError } from "./error-handler.ts";
import type { Log, LogLine } from "./log.ts";
import { servePages } from "./pages.ts";
import { closeWithError, refuseExpectation } from "./socket-errors.ts";

export interface AppOptions {
  engine: EngineName;
  handlers: Handlers;
  faults: Faults;
  journal: Journal;
  tokens: Tokens;
  /** Of strict authentication; without it any tokens will do. */
  config?: Config | undefined;
  /** Who refuses a session, the gateway or the platform behind it. */
  sessionErrors: SessionErrors;
  /** Hosts that may be sent to although they are not public; V2 takes http for them. */
  allowsTarget: AllowList;
  /** False switches the control operations off. */
  control: boolean;
  /** Demanded by the control operations, if there is one. */
  controlToken?: string | undefined;
  /** Where clients reach the mock, without a slash at the end. */
  publicUrl?: string | undefined;
  requestTimeoutMs?: number | undefined;
  log: Log;
  /** Certificate and key, in PEM form. */
  tls?: { cert: string; key: string } | undefined;
}

/** The mock as a Fastify application: every operation of the documents, the docs, and an error body for all the rest. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { faults, journal, tokens, config, requestTimeoutMs = 30_000, log } = options;
  const served = routes.filter(({ api }) => options.control || api !== "control");
  const server = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    // How often Node.js looks for requests that take too long.
    connectionsCheckingInterval: Math.min(requestTimeoutMs, 5_000),
    // Its own refusal of a request without Host has no body.
    requireHostHeader: false,
  };
  const app = Fastify({
    logger: log.fastify,
    // A logger per request numbers its lines, of which there is hardly ever one.
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
    requestTimeout: requestTimeoutMs,
    ...(options.tls ? { https: { ...server, ...options.tls } } : { http: server }),
    // As long as a path can be: the documents say how long a parameter may be.
    routerOptions: { maxParamLength: 16_384 },
    clientErrorHandler: closeWithError,
    frameworkErrors: (error, request, reply) => sendError(error, request, reply),
  });
  app.server.on("checkExpectation", refuseExpectation);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (request, payload, done) => {
    readBody(payload, bodyLimitOf(request.route?.api), done);
  });
  app.setErrorHandler((error: Error, request, reply) => {
    // Fastify refuses some methods for their headers before it knows that nobody serves them.
    const isFastifys = request.is404 && !(error instanceof Refusal);
    return sendError(isFastifys ? refuseRoute(request) : error, request, reply);
  });
  const refuseRoute = ({ method, url }: FastifyRequest) => notFound(method, pathnameOf(url), served);
  app.setNotFoundHandler((request) => {
    throw refuseRoute(request);
  });
  app.decorateRequest("route", undefined);
  app.decorateRequest("user", undefined);
  app.decorateRequest("sentType", undefined);
  app.decorateRequest("isRecorded", false);
  const record = (request: FastifyRequest, reply: FastifyReply) => {
    if (request.isRecorded) return;
    request.isRecorded = true;
    if (request.route?.api !== "control") journal.add(entryOf(request, reply));
    log.write(lineOf(request, reply));
  };
  // Hooks with a callback cost less than promises, and these run for every request.
  app.addHook("onRequest", (request, _reply, done) => {
    // Fastify refuses what it cannot read as a media type, even where there is no body. Ours to judge, in body.ts.
    const { headers } = request.raw;
    request.sentType = headers["content-type"];
    if (request.sentType !== undefined && !/^[\w.+*-]+\/[\w.+*-]+ *(;|$)/.test(request.sentType)) {
      headers["content-type"] = "*/*";
    }
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    if (request.route || request.is404) record(request, reply);
    done();
  });

  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async () => ({ status: "ready" }));
  await app.register(servePages, { publicUrl: options.publicUrl });

  const authenticateBy = createAuthentication({
    tokens: config && tokens,
    sessionErrors: options.sessionErrors,
  });
  const engine = createEngine(options);
  for (const route of served) {
    const { api, operation, path } = route;
    const { operationId } = operation;
    app.route({
      method: operation.method.toUpperCase(),
      url: fillPath(path, (name) => `:${name}`),
      config: { route },
      onRequest: (request, reply, done) => {
        request.route = route;
        if (api === "control") {
          demandControl(operation, request.headers, options.controlToken);
          return done();
        }
        const authenticate = () => {
          request.user = authenticateBy(operation, request.headers);
        };
        const { account } = request.params as { account?: string };
        const fault = faults.hit(api, operationId, account);
        if (fault) {
          return applyFault(fault, operation, reply).then((isDealtWith) => {
            // Not every connection that is closed without an answer comes to the hook above.
            if (fault.drop) record(request, reply);
            if (!isDealtWith) authenticate();
          });
        }
        authenticate();
        done();
      },
      handler: engine(route),
    });
  }
  return app;
}

/** The log's line for a request that has been answered. */
function lineOf({ route, method, url, params }: FastifyRequest, reply: FastifyReply): LogLine {
  const { account } = (params ?? {}) as { account?: string };
  return {
    operation: route
      ? `${route.api}.${route.operation.operationId}`
      : `${method} ${redactUrl(url).slice(0, 200)}`,
    account,
    ...(reply.raw.headersSent && { status: reply.statusCode }),
    ms: Math.round(reply.elapsedTime),
  };
}

/** The journal's entry for a request that has been answered. */
function entryOf(request: FastifyRequest, reply: FastifyReply): NewEntry {
  // Nobody reads the request's headers any more: kept as they are instead of copied, but with the type that was sent.
  const { headers } = request;
  if (request.sentType !== undefined) headers["content-type"] = request.sentType;
  const durationMs = Math.round(reply.elapsedTime);
  return {
    at: Date.now() - durationMs,
    direction: "in",
    method: request.method,
    url: request.url,
    headers: headers as Record<string, string>,
    body: Buffer.isBuffer(request.body)
      ? keepBody(request.body, {
          mediaType: request.route?.operation.body?.mediaType,
          sentType: request.sentType,
        })
      : undefined,
    // None was sent when a fault, or the client, closed the connection.
    ...(reply.raw.headersSent && { status: reply.statusCode }),
    durationMs,
  };
}

declare module "fastify" {
  interface FastifyContextConfig {
    route?: Route;
  }
  interface FastifyRequest {
    /** Of the operation; `routeOptions.config` has it too, but Fastify makes that anew for every look. */
    route: Route | undefined;
    /** Of the session, with strict authentication. */
    user: string | undefined;
    /** Whether the journal and the log have it. */
    isRecorded: boolean;
    /** Content-Type as it was sent. */
    sentType: string | undefined;
  }
}
