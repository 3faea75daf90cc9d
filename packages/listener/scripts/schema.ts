import { listMembers, type Schema } from "@thingspace-callbacks/contract";

const scalars: Record<string, string> = {
  string: "string",
  boolean: "boolean",
  number: "number",
  integer: "number",
};

/** Keywords that do not affect validation. */
const annotations = new Set(["description", "examples", "format", "title"]);
const understood: Record<string, Set<string>> = {
  object: new Set(["type", "properties", "additionalProperties"]),
  array: new Set(["type", "items"]),
  scalar: new Set(["type"]),
};

/** Returns a schema as a TypeScript type. */
export function toType(schema: Schema, indent = ""): string {
  checkKeywords(schema);
  if (schema["x-name"]) return getName(schema);
  if (schema.type === "array") return `${toType(getItems(schema), indent)}[]`;
  if (schema.type === "object") return toMembers(schema, indent);
  return scalars[schema.type ?? ""] ?? "unknown";
}

/** Returns the members of an object's type. Every object is open, because undocumented members are kept. */
export function toMembers(schema: Schema, indent = ""): string {
  checkKeywords(schema);
  const inner = `${indent}  `;
  const members = listMembers(schema).flatMap(({ name, schema: member }) => [
    ...toComment(member, inner),
    `${inner}${JSON.stringify(name)}?: ${toType(member, inner)};`,
  ]);
  return ["{", ...members, `${inner}[member: string]: unknown;`, `${indent}}`].join("\n");
}

/** Returns a schema as an expression of src/check.ts; a named schema is the constant of that name. */
export function toCheck(schema: Schema): string {
  checkKeywords(schema);
  return schema["x-name"] ? `check${getName(schema)}` : toCheckBody(schema);
}

/** Returns the expression that defines the constant of a named schema. */
export function toCheckBody(schema: Schema): string {
  if (schema.type === "array") return `array(${toCheck(getItems(schema))})`;
  if (schema.type !== "object") return schema.type ?? "";
  const members = listMembers(schema).map(
    ({ name, schema: member }) => `${JSON.stringify(name)}: ${toCheck(member)}`,
  );
  return `object({ ${members.join(", ")} })`;
}

/** Returns a schema as a value of the type `Shape` in src/record/shape.ts. */
export function toShape(schema: Schema): unknown {
  checkKeywords(schema);
  const { type = "" } = schema;
  if (type === "array") return { type, items: toShape(getItems(schema)) };
  if (type !== "object") return { type };
  const members = listMembers(schema).map(({ name, schema: member }) => [name, toShape(member)]);
  return { type, members: Object.fromEntries(members) };
}

/** Returns a doc comment with the description and the first example. */
export function toComment({ description, examples }: Schema, indent = ""): string[] {
  if (!description) return [];
  const [example] = examples ?? [];
  const text = [
    description.trim(),
    ...(example === undefined ? [] : [`@example ${JSON.stringify(example)}`]),
  ].join(`\n${indent} * `);
  return [`${indent}/** ${text.replaceAll("*/", "*\\/")} */`];
}

/** Returns the name that the document gives a schema. */
export function getName(schema: Schema): string {
  const name = schema["x-name"];
  if (!name) throw new Error("A schema of a message has no name");
  return name;
}

function getItems({ items }: Schema): Schema {
  if (!items) throw new Error("An array of a message has no items");
  return items;
}

/** Throws at an unknown keyword: ignored, it would be a missing check. */
function checkKeywords(schema: Schema): void {
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
