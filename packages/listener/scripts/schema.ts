import { listMembers, type Schema } from "@thingspace-callbacks/contract";

const scalars: Record<string, string> = {
  string: "string",
  boolean: "boolean",
  number: "number",
  integer: "number",
};

/** Keywords that say nothing about what is valid. */
const annotations = new Set(["description", "examples", "format", "title"]);
const understood: Record<string, Set<string>> = {
  object: new Set(["type", "properties", "additionalProperties"]),
  array: new Set(["type", "items"]),
  scalar: new Set(["type"]),
};

/** The schema as a TypeScript type. */
export function typeOf(schema: Schema, indent = ""): string {
  demandUnderstood(schema);
  if (schema["x-name"]) return nameOf(schema);
  if (schema.type === "array") return `${typeOf(itemsOf(schema), indent)}[]`;
  if (schema.type === "object") return bodyOf(schema, indent);
  return scalars[schema.type ?? ""] ?? "unknown";
}

/** The members of an object's type. Every object is open: what is not documented can come, and is kept. */
export function bodyOf(schema: Schema, indent = ""): string {
  demandUnderstood(schema);
  const inner = `${indent}  `;
  const members = listMembers(schema).flatMap(({ name, schema: member }) => [
    ...commentOf(member, inner),
    `${inner}${JSON.stringify(name)}?: ${typeOf(member, inner)};`,
  ]);
  return ["{", ...members, `${inner}[member: string]: unknown;`, `${indent}}`].join("\n");
}

/** The schema as an expression of src/check.ts; one with a name is the constant of that name. */
export function checkOf(schema: Schema): string {
  demandUnderstood(schema);
  return schema["x-name"] ? `check${nameOf(schema)}` : checkBodyOf(schema);
}

/** The expression that a named schema's constant is defined by. */
export function checkBodyOf(schema: Schema): string {
  if (schema.type === "array") return `array(${checkOf(itemsOf(schema))})`;
  if (schema.type !== "object") return schema.type ?? "";
  const members = listMembers(schema).map(
    ({ name, schema: member }) => `${JSON.stringify(name)}: ${checkOf(member)}`,
  );
  return `object({ ${members.join(", ")} })`;
}

/** A doc comment of the description and the first example. */
export function commentOf({ description, examples }: Schema, indent = ""): string[] {
  if (!description) return [];
  const [example] = examples ?? [];
  const text = [
    description.trim(),
    ...(example === undefined ? [] : [`@example ${JSON.stringify(example)}`]),
  ].join(`\n${indent} * `);
  return [`${indent}/** ${text.replaceAll("*/", "*\\/")} */`];
}

/** The name that the document gives a schema. */
export function nameOf(schema: Schema): string {
  const name = schema["x-name"];
  if (!name) throw new Error("A schema of a message has no name");
  return name;
}

function itemsOf({ items }: Schema): Schema {
  if (!items) throw new Error("An array of a message has no items");
  return items;
}

/** A keyword that were passed over would be a check that is not made. */
function demandUnderstood(schema: Schema): void {
  const { type = "" } = schema;
  const known = understood[type in scalars ? "scalar" : type];
  const unknown = Object.keys(schema).find(
    (keyword) => !(known?.has(keyword) || annotations.has(keyword) || keyword.startsWith("x-")),
  );
  if (!known || unknown) {
    throw new Error(
      `The listener cannot check ${known ? `the keyword ${unknown}` : `the type "${type}"`} of a message yet: add it to scripts/schema.ts and src/check.ts.`,
    );
  }
}
