import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createUndocumentedRefusal, Refusal } from "../operations/refusal.ts";
import {
  findRoutesAt,
  findRoutesNear,
  isNotEmulated,
  type Route,
  readPathname,
} from "../operations/routes.ts";
import { StoreAwayError } from "../postgres/away.ts";
import { isStoreClosed, toStoreFailure } from "../state/store-error.ts";
import { StoppingError } from "./stopping-error.ts";

/** Sends the error body of the APIs for errors and for requests without a route. */
export function answerErrors(app: FastifyInstance, served: Route[]): void {
  const refuseRoute = ({ method, url }: FastifyRequest) => createNotFound(method, readPathname(url), served);
  app.setErrorHandler((error: Error, request, reply) => {
    // Fastify refuses some methods for their headers before it knows that there is no route for them.
    const isEarly = request.is404 && !(error instanceof Refusal);
    return sendError(isEarly ? refuseRoute(request) : error, request, reply);
  });
  app.setNotFoundHandler((request) => {
    throw refuseRoute(request);
  });
}

/** 405 at a path that exists, 501 at one that only the real service has, otherwise 404 with what exists near it. */
export function createNotFound(method: string, pathname: string, served: Route[]): Refusal {
  const here = findRoutesAt(pathname, served);
  const describe = (route: Route) =>
    `${route.operation.method.toUpperCase()} ${route.path} (${route.operation.operationId})`;
  if (here.length > 0) {
    const allowed = here.map(({ operation }) => operation.method.toUpperCase());
    if (allowed.includes("GET")) allowed.push("HEAD");
    return createUndocumentedRefusal(
      405,
      `${method} is not allowed at ${pathname}. Available routes: ${here.map(describe).join(", ")}.`,
      { operation: here[0]?.operation, headers: { Allow: allowed.join(", ") } },
    );
  }
  if (pathname.startsWith("/openapi/")) {
    return createUndocumentedRefusal(
      404,
      `No document is at ${pathname}. GET /openapi/ lists the documents.`,
    );
  }
  const near = findRoutesNear(pathname, served).map(describe).join(", ");
  if (isNotEmulated(pathname)) {
    const what = `${pathname} is a path of ThingSpace that this mock does not emulate`;
    return createUndocumentedRefusal(501, `${what}. Available routes: ${near}.`);
  }
  return createUndocumentedRefusal(404, `No route matches ${pathname}. Available routes: ${near}.`);
}

/** Handles every error in Fastify: the response has the API's own error body. */
export function sendError(error: Error, request: FastifyRequest, reply: FastifyReply) {
  const refuse = ({ status, body, headers }: Refusal) => {
    request.refusal = JSON.stringify(body);
    return reply.code(status).headers(headers).type("application/json").send(request.refusal);
  };
  if (error instanceof Refusal) return refuse(error);
  const operation = request.routeOptions?.config?.route?.operation;
  if (error instanceof RangeError && error.message.includes("call stack")) {
    return refuse(createUndocumentedRefusal(400, "body: is nested too deep.", { operation }));
  }
  // A request that waited meanwhile, such as for a fault, may find its store closed.
  const passing = isStoreClosed(error) ? new StoppingError() : error;
  if (passing instanceof StoreAwayError || passing instanceof StoppingError) {
    const headers = { "Retry-After": "1" };
    return refuse(createUndocumentedRefusal(503, passing.message, { operation, headers }));
  }
  // Fastify's own refusals carry a 4xx status and a clear text.
  const { statusCode = 500, code } = error as FastifyError;
  if (code === "FST_ERR_BAD_URL")
    return refuse(createUndocumentedRefusal(400, "path: is not valid percent-encoding."));
  if (statusCode < 500)
    return refuse(
      createUndocumentedRefusal(statusCode, `request: ${error.message.replace(/\.$/, "")}.`, { operation }),
    );
  request.log.error(error);
  const failure = toStoreFailure(error);
  if (failure) return refuse(createUndocumentedRefusal(failure.status, failure.message, { operation }));
  const message = "The mock failed; its log has the reason. This is a defect of the mock.";
  return refuse(createUndocumentedRefusal(500, message, { operation }));
}
