import {
  type Generation,
  generations,
  getFirstExample,
  getSuccess,
  listMembers,
  type Operation,
  type Role,
} from "@thingspace-callbacks/contract";
import { type AnyHandler, type Handler, type Handlers, ok } from "../operations/handler.ts";
import { createRefusal } from "../operations/refusal.ts";
import type { Registration, Registrations } from "../state/registrations.ts";

/** Options for the handlers of registrations. */
export interface CallbackOptions {
  /**
   * Lists the username and password of a registration, where the document has such members. The sources disagree on
   * whether V1 and legacy do (departure D11).
   */
  listsCredentials: boolean;
}

/** The body of a request to register or to update. `name` is that of the service. */
type RegistrationBody = Registration & { name?: string };

/** Creates handlers that register, list and remove callback URLs, for each generation by the roles of its operations. */
export function callbackHandlers(registrations: Registrations, options: CallbackOptions): Handlers {
  return Object.fromEntries(
    generations.map((generation) => {
      const byRole = handlersOf(generation, registrations, options);
      const handlers = generation.operations.flatMap(({ operationId, role }) =>
        role ? [[operationId, byRole[role]] as const] : [],
      );
      return [generation.name, Object.fromEntries(handlers)];
    }),
  );
}

function handlersOf(
  { registration: name }: Generation,
  registrations: Registrations,
  { listsCredentials }: CallbackOptions,
): Record<Role, AnyHandler> {
  const register: Handler<RegistrationBody> = ({ operation, path: { account = "" }, body }) => {
    registrations.put(name, account, body);
    return ok(describe(operation, { account, ...body }));
  };
  return {
    register,
    update: register,
    list: ({ operation, path: { account = "" } }) => {
      const isList = getSuccess(operation).response.body?.schema.items !== undefined;
      const found = registrations.get(name, account);
      if (!found) return ok(isList ? [] : {});
      const { url, username, password } = found;
      const credentials = listsCredentials ? { username, password } : {};
      const listed = describe(operation, { account, url, ...credentials });
      return ok(isList ? [listed] : listed);
    },
    deregister: ({ operation, path: { account = "" } }) => {
      if (!registrations.remove(name, account)) throw createRefusal(operation, "callbackNotRegistered");
      return ok({ success: true });
    },
  };
}

/**
 * Returns the members of an answer that the document gives it. The service's name, which is not kept, is that of the
 * document's example.
 */
function describe(
  operation: Operation,
  { account, name, url, username, password }: RegistrationBody & { account: string },
): object {
  const { body } = getSuccess(operation).response;
  if (!body) return {};
  const { schema } = body;
  const [example] = [getFirstExample(body)].flat() as Record<string, unknown>[];
  const values: Record<string, unknown> = {
    aname: account,
    accountName: account,
    name: name ?? example?.["name"],
    serviceName: name ?? example?.["serviceName"],
    url,
    username,
    password,
  };
  return Object.fromEntries(
    listMembers(schema.items ?? schema).flatMap((member) => {
      const value = values[member.name];
      return value === undefined ? [] : [[member.name, value]];
    }),
  );
}
