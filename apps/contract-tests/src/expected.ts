import { findResponseExample, getSuccess, listMembers, type Schema } from "@thingspace-callbacks/contract";
import type { Call } from "./call.ts";
import type { Model, Registration } from "./model.ts";

/** Returns the expected response to a valid call, and changes the model as the call should change the mock. */
export function expectedOf({ api, operation, parameters, body }: Call, model: Model) {
  const { account = "" } = parameters;
  const schema = getSuccess(operation).response.body?.schema ?? {};
  switch (operation.role) {
    case "list":
      return { status: 200, body: listed(schema, account, model.get(api, account)) };
    case "deregister":
      return model.remove(api, account)
        ? { status: 200, body: { success: true } }
        : { status: 400, body: findResponseExample(operation, 400, "callbackNotRegistered") };
    default:
      model.put(api, account, body as Registration);
      return { status: 200, body: shown(schema, account, body as Registration) };
  }
}

function listed(schema: Schema, account: string, registration: Registration | undefined): unknown {
  if (schema.items) return registration ? [shown(schema.items, account, registration)] : [];
  return registration ? shown(schema, account, registration) : {};
}

/**
 * Returns the documented members of a response with their expected values. The username and password are shown: the mock
 * under test has its option `listCredentials`, so that a forgotten one is found (departure D11).
 */
function shown(schema: Schema, account: string, registration: Registration): unknown {
  const { name, url, username, password } = registration;
  const meaning: Record<string, unknown> = {
    aname: account,
    accountName: account,
    name,
    serviceName: name,
    url,
    username,
    password,
  };
  return Object.fromEntries(
    listMembers(schema).flatMap(({ name: member }) => {
      if (!Object.hasOwn(meaning, member)) throw new Error(`Teach expected.ts what ${member} means.`);
      return meaning[member] === undefined ? [] : [[member, meaning[member]]];
    }),
  );
}
