import {
  generations,
  getFirstExample,
  getSuccess,
  listMembers,
  type Operation,
  type Role,
} from "@thingspace-callbacks/contract";
import { type AnyHandler, type Handler, type Handlers, ok } from "../operations/handler.ts";
import { createRefusal } from "../operations/refusal.ts";
import type { Registration } from "../state/registrations.ts";

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
export function createCallbackHandlers(options: CallbackOptions): Handlers {
  return Object.fromEntries(
    generations.map(({ name, registration, operations }) => {
      const handlers = operations.flatMap((operation) => {
        const { operationId, role } = operation;
        return role ? [[operationId, creators[role](operation, registration, options)]] : [];
      });
      return [name, Object.fromEntries(handlers)];
    }),
  );
}

/** Creates the handler of an operation. `name` is that of the registration that its generation uses. */
type HandlerCreator = (operation: Operation, name: string, options: CallbackOptions) => AnyHandler;

const creators: Record<Role, HandlerCreator> = {
  list: createList,
  register: createRegister,
  update: createRegister,
  deregister: createDeregister,
};

function createRegister(operation: Operation, name: string) {
  const describe = createDescriber(operation);
  const register: Handler<RegistrationBody> = ({ path: { account = "" }, body, space }) => {
    space.registrations.put(name, account, body);
    return ok(describe({ ...body, account }));
  };
  return register;
}

function createList(operation: Operation, name: string, { listsCredentials }: CallbackOptions): Handler {
  const describe = createDescriber(operation);
  const isList = getSuccess(operation).response.body?.schema.items !== undefined;
  return ({ path: { account = "" }, space }) => {
    const found = space.registrations.get(name, account);
    if (!found) return ok(isList ? [] : {});
    const listed = describe(listsCredentials ? { ...found, account } : { url: found.url, account });
    return ok(isList ? [listed] : listed);
  };
}

function createDeregister(operation: Operation, name: string): Handler {
  return ({ path: { account = "" }, space }) => {
    if (!space.registrations.remove(name, account)) throw createRefusal(operation, "callbackNotRegistered");
    return ok({ success: true });
  };
}

/** The facts of a registration that a response can have. */
type Described = RegistrationBody & { account: string };

/** The facts by the names of the members in documented responses. */
const meanings: Record<string, keyof Described> = {
  aname: "account",
  accountName: "account",
  name: "name",
  serviceName: "name",
  url: "url",
  username: "username",
  password: "password",
};

/**
 * Returns a function that describes a registration with the members that the document gives the operation's response. The
 * service's name is not kept: a list has that of the document's example.
 */
function createDescriber(operation: Operation): (registration: Described) => object {
  const { body } = getSuccess(operation).response;
  if (!body) return () => ({});
  const [example] = [getFirstExample(body)].flat() as Record<string, unknown>[];
  const members = listMembers(body.schema.items ?? body.schema).flatMap(({ name: member }) => {
    const meaning = meanings[member];
    return meaning
      ? [{ member, meaning, documented: meaning === "name" ? example?.[member] : undefined }]
      : [];
  });
  return (registration) => {
    const described: Record<string, unknown> = {};
    for (const { member, meaning, documented } of members) {
      const value = registration[meaning] ?? documented;
      if (value !== undefined) described[member] = value;
    }
    return described;
  };
}
