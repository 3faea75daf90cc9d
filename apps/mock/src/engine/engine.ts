import { buildPath } from "@thingspace-callbacks/contract";
import type { AllowList } from "../deliveries/target/allow-list.ts";
import type { Body } from "../operations/body.ts";
import type { Answer, AnyHandler, Caller, Connection, Handlers } from "../operations/handler.ts";
import { createBadRequest } from "../operations/refusal.ts";
import { type Route, routes } from "../operations/routes.ts";
import type { EngineName } from "../options.ts";
import type { Space } from "../spaces/space.ts";
import { removeNulls } from "../validation/optional-members.ts";
import { addPlainHttpNote, allowPlainHttp } from "../validation/plain-http.ts";
import { createValidator } from "../validation/validator.ts";
import { answerAsDocumented } from "./documented.ts";
import { demandPrismFor, loadPrism } from "./load-prism.ts";
import { asksForDocumented, type Preference, parsePreference } from "./prefer.ts";
import type { Prism } from "./prism.ts";

/** A request whose caller is allowed and whose body has been decoded. */
export interface EngineRequest {
  path: Record<string, string>;
  query: Record<string, unknown>;
  body: Body;
  /** The `Prefer` header. */
  prefer: string | undefined;
  caller: Caller;
  space: Space;
  connection?: Connection | undefined;
}

/** Returns the function that handles the requests of a route. It throws a {@link Refusal}, or returns no promise if it need not. */
export type Engine = (route: Route) => (request: EngineRequest) => Answer | Promise<Answer>;

export interface EngineOptions {
  engine: EngineName;
  handlers: Handlers;
  /** Hosts that may be sent to although they are not public. */
  allowsTarget: AllowList;
}

/**
 * Creates the engine. A route is handled by its handler; by the document's examples where there is no handler or where a
 * request prefers them; or by Prism where it is asked for.
 */
export function createEngine({ engine, handlers, allowsTarget }: EngineOptions): Engine {
  demandOperations(handlers);
  let loading: Promise<Prism> | undefined;
  const getPrism = () => {
    loading ??= loadPrism();
    return loading;
  };

  return (route) => {
    const { api, operation } = route;
    const handler: AnyHandler | undefined = handlers[api]?.[operation.operationId];
    const validate = createValidator(operation);

    return (request) => {
      const { prefer, caller, space, connection } = request;
      // The control operations are the mock's own: no SDK sends `null` to them, and a fault's body may be `null`.
      const body =
        api === "control"
          ? request.body
          : { text: request.body.text, value: removeNulls(operation, request.body.value) };
      const isHandled = api === "control" || (engine === "stateful" && !asksForDocumented(prefer));
      if (handler && isHandled) {
        const { path, query } = demandValid(request, body.value);
        return handler({ operation, path, query, body: body.value as never, caller, space, connection });
      }
      const preference = parsePreference(operation, prefer);
      if (preference.dynamic) demandPrismFor(operation);
      const { path } = demandValid(request, body.value);
      const isForPrism = engine === "prism" || preference.dynamic;
      return isForPrism ? askPrism(path, body, preference) : answerAsDocumented(operation, preference);
    };

    /** Returns the parameters of a valid request, with the defaults of the document. @throws {Refusal} 400 */
    function demandValid(request: Pick<EngineRequest, "path" | "query">, value: unknown) {
      const parameters = { path: request.path, query: { ...request.query } };
      const violations = validate({ ...parameters, body: allowPlainHttp(operation, value, allowsTarget) });
      if (violations.count > 0) {
        throw createBadRequest(operation, addPlainHttpNote(operation, value, violations.describe()));
      }
      return parameters;
    }

    async function askPrism(
      path: Record<string, string>,
      { value, text }: Body,
      preference: Preference,
    ): Promise<Answer> {
      const prism = await getPrism();
      const { mediaType } = operation.body ?? {};
      return prism(route, {
        path: buildPath(operation, path),
        headers: mediaType ? { "content-type": mediaType } : {},
        body: mediaType === "application/x-www-form-urlencoded" ? text : value,
        preference,
      });
    }
  };
}

/** Checks that each handler belongs to an operation of the documents. */
function demandOperations(handlers: Handlers): void {
  for (const [api, byId] of Object.entries(handlers)) {
    for (const operationId of Object.keys(byId)) {
      const exists = routes.some((route) => route.api === api && route.operation.operationId === operationId);
      if (!exists) throw new Error(`The documents have no operation for the handler ${api}.${operationId}`);
    }
  }
}
