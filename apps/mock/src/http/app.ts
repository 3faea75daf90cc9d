import { Readable } from "node:stream";
import cors from "@fastify/cors";
import { fillPath } from "@thingspace-callbacks/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendFault } from "../control/fault-reply.ts";
import type { Effect } from "../control/faults.ts";
import type { Engine } from "../engine/engine.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Answer } from "../operations/handler.ts";
import { type Route, routes } from "../operations/routes.ts";
import type { Spaces } from "../spaces/spaces.ts";
import type { DecideAccess } from "./access.ts";
import { decodeBody, type RawBody } from "./body.ts";
import { describeConnection } from "./connection.ts";
import { answerErrors } from "./error-handler.ts";
import { servePages } from "./pages.ts";
import type { RecordRequest } from "./record.ts";
import { createServer, maskUnreadableType, type ServerOptions } from "./server.ts";
import { StoppingError } from "./stopping-error.ts";

/** The parts that answer a request, and how they are served. */
export interface AppOptions extends ServerOptions {
  /** Decides who may call an operation. */
  decideAccess: DecideAccess;
  spaces: Spaces;
  engine: Engine;
  /** Writes a request into the journal and the log. */
  record: RecordRequest;
  /** Is served at /metrics, if there is one. */
  metrics?: Metrics | undefined;
  /** Hands requests on to the instance that has the state, if several share a store. */
  shared?: Shared | undefined;
  /** False switches the control operations off. */
  control: boolean;
  /** Origins whose pages may call the mock from a browser. */
  cors?: "*" | string[] | undefined;
  /** The address at which clients reach the mock, without a slash at the end. */
  publicUrl?: string | undefined;
}

/**
 * Creates the mock as a Fastify application: every operation of the documents, the docs, and an error body for all the
 * rest. The life of a request, in order: {@link createServer} reads it, `admit` decides whether it is allowed, `respond`
 * has it answered, and `record` writes it down.
 */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { record, spaces, shared } = options;
  const served = routes.filter(({ api }) => options.control || api !== "control");
  const app = createServer(options);
  answerErrors(app, served);
  const stopping = new AbortController();
  app.addHook("preClose", (done) => {
    stopping.abort();
    done();
  });
  // Hooks with a callback cost less than promises, and these run for every request.
  app.addHook("onResponse", (request, reply, done) => {
    if (spaces.isOpen()) request.space ??= spaces.default;
    if (request.route || request.is404) record(request, reply);
    done();
  });

  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    if (!shared || shared.isReady()) return { status: "ready" };
    return reply.code(503).header("Retry-After", "1").send({ status: "store away" });
  });
  const { metrics } = options;
  if (metrics) {
    app.get("/metrics", async (_request, reply) => {
      reply.type(metrics.contentType);
      return metrics.format();
    });
  }
  await app.register(servePages, { control: options.control, publicUrl: options.publicUrl });
  for (const route of served) {
    app.route({
      method: route.operation.method.toUpperCase(),
      url: fillPath(route.path, (name) => `:${name}`),
      config: { route },
      onRequest: createAdmission(route, options, stopping),
      handler: createResponder(route, options),
    });
  }
  if (options.cors) {
    await app.register(cors, {
      origin: options.cors,
      methods: [...new Set(routes.map(({ operation }) => operation.method.toUpperCase()))],
      exposedHeaders: [...new Set(["Retry-After", ...routes.flatMap(listResponseHeaders)])],
    });
  }
  await app.ready();
  return app;
}

/** Returns the names of the headers that the document has for an operation's responses. */
const listResponseHeaders = ({ operation }: Route) =>
  Object.values(operation.responses).flatMap(({ headers }) => Object.keys(headers));

/** The other instances on the same store. */
export interface Shared {
  /** Returns true if requests can be answered, here or by another instance. */
  isReady(): boolean;
  /** Returns a promise if another instance has the state: of its response, or of the error that it cannot be reached. */
  handOn(request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined;
}

type Admit = (
  request: FastifyRequest,
  reply: FastifyReply,
  done: (error?: Error) => void,
) => Promise<void> | void;

/** Creates the first step of a request, before its body is read: a fault may answer it, and its caller must be allowed. */
function createAdmission(
  route: Route,
  { decideAccess, spaces, record, shared }: AppOptions,
  stopping: AbortController,
): Admit {
  const { api, operation } = route;
  return (request, reply, done) => {
    request.route = route;
    if (stopping.signal.aborted) return done(new StoppingError());
    const handedOn = shared?.handOn(request, reply);
    if (handedOn) {
      handedOn.catch(done);
      return;
    }
    maskUnreadableType(request);
    const { account } = request.params as { account?: string };
    // A caller whom the default space would reject must not create a space.
    request.space = spaces.choose(request.raw.headers, account, () => {
      decideAccess(route, request.raw.headers, account, spaces.default);
    });
    const allow = () => {
      request.caller = decideAccess(route, request.raw.headers, account, request.space);
    };
    const fault =
      api === "control"
        ? undefined
        : request.space.faults.hit({ direction: "in", api, operationId: operation.operationId, account });
    if (!fault || fault.taken) {
      request.fault = fault;
      allow();
      return done();
    }
    return sendFault(fault, operation, reply).then((isSent) => {
      // Fastify does not always report a connection that was closed without a response.
      if (fault.drop) record(request, reply);
      if (!isSent) allow();
    });
  };
}

/** Creates the second step of a request, with its body: the engine answers what the body was decoded to. */
function createResponder({ operation, ...route }: Route, { engine, record }: AppOptions) {
  const answerRequest = engine({ operation, ...route });
  const answer = (request: FastifyRequest, reply: FastifyReply) => {
    const { headers } = request.raw;
    return answerRequest({
      path: request.params as Record<string, string>,
      query: request.query as Record<string, unknown>,
      body: decodeBody(operation, request.body as RawBody, {
        contentType: headers["content-type"],
        contentEncoding: headers["content-encoding"],
      }),
      prefer: headers["prefer"]?.toString(),
      caller: request.caller,
      space: request.space,
      connection: route.api === "control" ? describeConnection(request, reply) : undefined,
    });
  };

  /** Has a fault answer a request that was taken, or refused. */
  const spoil = async (fault: Effect, request: FastifyRequest, reply: FastifyReply) => {
    const [made] = await Promise.allSettled([Promise.resolve().then(() => answer(request, reply))]);
    if (await sendFault(fault, operation, reply)) {
      if (fault.drop) record(request, reply);
      return reply;
    }
    if (made.status === "rejected") throw made.reason;
    return send(reply, made.value);
  };

  // A promise is only made where the engine makes one: each costs as much as finding the route.
  return (request: FastifyRequest, reply: FastifyReply) => {
    if (request.fault) return spoil(request.fault, request, reply);
    const made = answer(request, reply);
    return made instanceof Promise ? made.then((value) => send(reply, value)) : send(reply, made);
  };
}

function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  reply.code(status);
  if (headers) reply.headers(headers);
  // Prism names a media type even when the document has no content.
  if (body === undefined) reply.removeHeader("content-type");
  // Nobody reads a stream after the client has gone away, nor that of a HEAD request.
  if (body instanceof Readable) reply.raw.once("close", () => body.destroy());
  return reply.send(body);
}
