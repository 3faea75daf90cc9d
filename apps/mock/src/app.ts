import type { IncomingMessage } from "node:http";
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { decodeBody, type RawBody, readBody } from "./body.ts";
import { closeWithError } from "./client-error.ts";
import { servePages } from "./pages.ts";
import { preferenceOf } from "./prefer.ts";
import { createPrism } from "./prism.ts";
import { Refusal, undocumented } from "./refusal.ts";
import { apis, type Route, routes, routesAt, routesNear } from "./routes.ts";
import { demandTokens } from "./tokens.ts";

/** The mock as a Fastify application: every operation of the documents, the docs, and an error body for all the rest. */
export async function createApp(): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: "error" },
    requestTimeout: 30_000,
    // V2 accounts have up to 64 characters, each up to 12 when percent-encoded.
    routerOptions: { maxParamLength: 1024 },
    clientErrorHandler: closeWithError,
    frameworkErrors: (error, request, reply) => sendError(error, request, reply),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request: FastifyRequest, payload: IncomingMessage) => readBody(payload));
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(({ method, url }) => {
    throw notFound(method, pathnameOf(url));
  });

  await app.register(servePages);
  const prism = await createPrism(apis.map(({ name }) => name));
  for (const route of routes) {
    const { operation, base, path } = route;
    app.route({
      method: operation.method.toUpperCase(),
      url: path.replace(/\{([^}]+)\}/g, ":$1"),
      config: { route },
      onRequest: async (request) => demandTokens(operation, request.headers),
      handler: async (request, reply) => {
        const body = decodeBody(operation, request.body as RawBody, request.headers["content-type"]);
        const mediaType = Object.keys(operation.requestBody?.content ?? {})[0];
        const answer = await prism(route, {
          path: pathnameOf(request.url).slice(base.length),
          headers: mediaType ? { "content-type": mediaType } : {},
          body,
          preference: preferenceOf(operation, request.headers["prefer"]?.toString()),
        });
        reply.code(answer.status).headers(answer.headers);
        // Prism names a media type even when the document has no content.
        if (answer.body === undefined) reply.removeHeader("content-type");
        return reply.send(answer.body);
      },
    });
  }
  return app;
}

declare module "fastify" {
  interface FastifyContextConfig {
    route?: Route;
  }
}

function notFound(method: string, pathname: string): Refusal {
  const here = routesAt(pathname);
  const describe = (route: Route) =>
    `${route.operation.method.toUpperCase()} ${route.path} (${route.operation.operationId})`;
  if (here.length > 0) {
    const allowed = here.map(({ operation }) => operation.method.toUpperCase());
    if (allowed.includes("GET")) allowed.push("HEAD");
    return undocumented(
      405,
      "METHOD_NOT_ALLOWED",
      `${method} is not allowed at ${pathname}. There are: ${here.map(describe).join(", ")}.`,
      { operation: here[0]?.operation, headers: { Allow: allowed.join(", ") } },
    );
  }
  const near = routesNear(pathname);
  const message = `There is nothing at ${pathname}. There are: ${near.map(describe).join(", ")}.`;
  return undocumented(404, "NOT_FOUND", message);
}

function sendError(error: Error, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof Refusal) return send(reply, error);
  const operation = request.routeOptions?.config?.route?.operation;
  // Fastify's own refusals, such as a path that is not valid percent-encoding, carry a 4xx status and a clear text.
  const { statusCode = 500 } = error as FastifyError;
  if (statusCode < 500) {
    const code = statusCode === 415 ? "UNSUPPORTED_MEDIA_TYPE" : "INVALID_PARAMETER";
    return send(reply, undocumented(statusCode, code, `request: ${error.message}.`, { operation }));
  }
  request.log.error(error);
  const message = "The mock failed to answer; its log says why. This is a defect of the mock.";
  return send(reply, undocumented(500, "INTERNAL_SYSTEM_ERROR", message, { operation }));
}

function send(reply: FastifyReply, { status, body, headers }: Refusal) {
  return reply.code(status).headers(headers).type("application/json").send(JSON.stringify(body));
}

const pathnameOf = (url: string) => url.split("?", 1)[0] ?? url;
