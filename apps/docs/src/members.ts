import {
  type Api,
  findByRole,
  formatType,
  getApi,
  getSuccess,
  listMembers,
  type Message,
  type Operation,
  type Role,
  type Schema,
} from "@thingspace-callbacks/contract";

/** The members of a request and its response, by a name that generations share: `body url` is `string, required`. */
export type Facts = Map<string, string>;

/** Returns the facts of a generation's operation with this role, or of its message. */
export function factsOf(generation: string, part: Role | "message"): Facts {
  const api = getApi(generation);
  const facts: Facts = new Map();
  if (part === "message") {
    if (api.message) addMessage(facts, api.message);
    return facts;
  }
  const operation = findByRole(api, part);
  if (operation) addOperation(facts, api, operation);
  return facts;
}

function addOperation(facts: Facts, { servers }: Api, operation: Operation): void {
  const { pathname } = new URL(servers.production ?? servers.mock);
  facts.set("request", `${operation.method.toUpperCase()} ${pathname}${operation.path}`);
  for (const { name, schema } of operation.parameters) facts.set(`path ${name}`, rule(schema, true));
  addMembers(facts, "body", operation.body?.schema);
  const response = getSuccess(operation).response.body?.schema;
  if (response) facts.set("response", formatType(response));
  addMembers(facts, "response", response);
}

/** Adds the members of a message, and says of which of them no source says that they exist. */
function addMessage(facts: Facts, { body, memberEvidence }: Message): void {
  addMembers(facts, "message", body.schema);
  for (const { members, evidence, departure } of memberEvidence) {
    if (evidence !== "ours") continue;
    for (const name of members) {
      const fact = facts.get(`message ${name}`);
      if (fact) facts.set(`message ${name}`, `${fact}, assumed (${departure})`);
    }
  }
}

/** Adds the members of an object, or of the objects in a list. */
function addMembers(facts: Facts, place: string, schema: Schema | undefined): void {
  for (const { name, schema: member, isRequired } of listMembers(schema?.items ?? schema ?? {})) {
    facts.set(`${place} ${name}`, rule(member, isRequired));
  }
}

function rule(schema: Schema, required: boolean): string {
  const values = schema.enum?.join(", ");
  const limit = schema["x-rule"] ?? (values && `only ${values}`);
  return [schema.type && formatType(schema), required && "required", limit].filter(Boolean).join(", ");
}
