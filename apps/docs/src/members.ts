import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import type { Operation, Schema } from "@thingspace-callbacks/contract/catalogue";

/** What an operation takes and gives, by a name that is comparable between generations: `body url` is `string, required`. */
export type Facts = Map<string, string>;

/** The facts of a generation's operation, found by what it does: by its HTTP method, or the message. */
export function factsOf(generation: string, what: string): Facts {
  const api = catalogue[generation];
  const found =
    what === "message" ? api?.webhooks[0] : api?.operations.find((operation) => operation.method === what);
  const facts: Facts = new Map();
  if (!api || !found) return facts;
  if (what !== "message") {
    const base = new URL(api.servers.production ?? api.servers.mock).pathname;
    facts.set("request", `${found.method.toUpperCase()} ${base}${found.path}`);
  }
  for (const { name, schema } of found.parameters) facts.set(`path ${name}`, rule(schema, true));
  addMembers(facts, what === "message" ? "message" : "body", bodyOf(found));
  addMembers(facts, "answer", Object.values(found.responses["200"]?.content ?? {})[0]?.schema);
  return facts;
}

const bodyOf = (operation: Operation) => Object.values(operation.requestBody?.content ?? {})[0]?.schema;

function addMembers(facts: Facts, place: string, schema: Schema | undefined): void {
  if (!schema) return;
  if (place === "answer") facts.set("answer", schema.type ?? "");
  const { properties = {}, required = [] } = schema.items ?? schema;
  for (const [name, member] of Object.entries(properties)) {
    facts.set(`${place} ${name}`, rule(member, required.includes(name)));
  }
}

function rule(schema: Schema, required: boolean): string {
  const values = schema.enum?.join(", ");
  const said = schema["x-rule"] ?? (values && `only ${values}`);
  return [schema.type, required && "required", said].filter(Boolean).join(", ");
}
