import { buildPath } from "@thingspace-callbacks/contract";
import type { FastifyReply, RouteHandlerMethod } from "fastify";
import type { Config } from "../config.ts";
import type { AllowList } from "../deliveries/target/allow-list.ts";
import { type Body, decodeBody, type RawBody } from "../http/body.ts";
import type { Answer, AnyHandler, Handlers } from "../operations/handler.ts";
import { badRequest, createRefusal } from "../operations/refusal.ts";
import { type Route, routes } from "../operations/routes.ts";
import { withoutNulls } from "../validation/optional-members.ts";
import { asValidated, withPlainHttpNote } from "../validation/plain-http.ts";
import { createValidator } from "../validation/validator.ts";
import { answerAsDocumented } from "./documented.ts";
import { demandPrismFor, loadPrism } from "./load-prism.ts";
import { asksForDocumented, type Preference, preferenceOf } from "./prefer.ts";
import type { Prism } from "./prism.ts";

/** `stateful` remembers, `prism` answers from the documents' examples. */
export type EngineName = "stateful" | "prism";

/**
 * What answers each route: its handler, the document's examples where there is none or where a request prefers them, or
 * Prism where it is asked for.
 */
export function createEngine({
  engine,
  handlers,
  config,
  allowsTarget,
}: {
  engine: EngineName;
  handlers: Handlers;
  config?: Config | undefined;
  /** Hosts that may be sent to although they are not public. */
  allowsTarget: AllowList;
}): (route: Route) => RouteHandlerMethod {
  for (const [api, operationId] of Object.entries(handlers).flatMap(([api, byId]) =>
    Object.keys(byId).map((id) => [api, id] as const),
  )) {
    const exists = routes.some((route) => route.api === api && route.operation.operationId === operationId);
    if (!exists) throw new Error(`The handler ${api}.${operationId} has no operation in the documents`);
  }

  // Only when it is first needed.
  let loading: Promise<Prism> | undefined;
  const prism = () => {
    loading ??= loadPrism();
    return loading;
  };

  return (route) => {
    const { api, operation } = route;
    const handler: AnyHandler | undefined = handlers[api]?.[operation.operationId];
    const validate = createValidator(operation);

    // No promise where none is needed: each costs as much as finding the route.
    return (request, reply) => {
      const decoded = decodeBody(operation, request.body as RawBody, {
        contentType: request.sentType,
        contentEncoding: request.headers["content-encoding"],
      });
      // The control operations are the mock's own: nobody's SDK sends `null` to them, and a fault's body may be `null`.
      const body =
        api === "control" ? decoded : { ...decoded, value: withoutNulls(operation, decoded.value) };
      const prefer = request.headers["prefer"]?.toString();
      const answer =
        handler && (api === "control" || (engine === "stateful" && !asksForDocumented(prefer)))
          ? fromHandler(handler, body)
          : fromDocument(body, preferenceOf(operation, prefer));
      return answer instanceof Promise ? answer.then(send) : send(answer);

      function send(answer: Answer): FastifyReply {
        reply.code(answer.status);
        if (answer.headers) reply.headers(answer.headers);
        // Prism names a media type even when the document has no content.
        if (answer.body === undefined) reply.removeHeader("content-type");
        return reply.send(answer.body);
      }

      function fromHandler(handler: AnyHandler, { value }: Body): Answer | Promise<Answer> {
        const { path, query } = validated(value);
        demandAccount(path["account"], request.user);
        return handler({ operation, path, query, body: value as never, headers: request.headers });
      }

      function fromDocument(body: Body, preference: Preference): Answer | Promise<Answer> {
        if (preference.dynamic) demandPrismFor(operation);
        const { path } = validated(body.value);
        demandAccount(path["account"], request.user);
        const byPrism = engine === "prism" || preference.dynamic;
        return byPrism ? fromPrism(body, path, preference) : answerAsDocumented(operation, preference);
      }

      /** Returns the parameters of a valid request. @throws {Refusal} 400 */
      function validated(value: unknown) {
        const path = request.params as Record<string, string>;
        const query = { ...(request.query as object) };
        const violations = validate({ path, query, body: asValidated(operation, value, allowsTarget) });
        if (violations.count > 0) {
          throw badRequest(operation, withPlainHttpNote(operation, value, violations.describe()));
        }
        return { path, query };
      }

      async function fromPrism(
        { value, text }: Body,
        path: Record<string, string>,
        preference: Preference,
      ): Promise<Answer> {
        const { mediaType } = operation.body ?? {};
        return (await prism())(route, {
          path: buildPath(operation, path),
          headers: mediaType ? { "content-type": mediaType } : {},
          body: mediaType === "application/x-www-form-urlencoded" ? text : value,
          preference,
        });
      }
    };

    /** With strict authentication a user may touch only its own accounts. */
    function demandAccount(account: string | undefined, username: string | undefined): void {
      if (!config || account === undefined) return;
      const user = config.users.find((candidate) => candidate.username === username);
      if (user?.accounts.includes("*") || user?.accounts.includes(account)) return;
      throw createRefusal(operation, "accountNotPermitted");
    }
  };
}
