import type { Schema } from "@thingspace-callbacks/contract/catalogue";

/** A JSON Schema of a bundled document, whose named schemas are references. */
export type NamedSchema = Omit<Schema, "properties" | "items"> & {
  $ref?: string;
  properties?: Record<string, NamedSchema>;
  items?: NamedSchema;
  examples?: unknown[];
};

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
export function typeOf(schema: NamedSchema, indent = ""): string {
  demandUnderstood(schema);
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.type === "array") return `${typeOf(itemsOf(schema), indent)}[]`;
  if (schema.type === "object") return bodyOf(schema, indent);
  return scalars[schema.type ?? ""] ?? "unknown";
}

/** The members of an object's type. Every object is open: what is not documented can come, and is kept. */
export function bodyOf(schema: NamedSchema, indent = ""): string {
  demandUnderstood(schema);
  const inner = `${indent}  `;
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
    ...commentOf(member, inner),
    `${inner}${JSON.stringify(name)}?: ${typeOf(member, inner)};`,
  ]);
  return ["{", ...members, `${inner}[member: string]: unknown;`, `${indent}}`].join("\n");
}

/** The schema as an expression of src/check.ts. */
export function checkOf(schema: NamedSchema): string {
  demandUnderstood(schema);
  if (schema.$ref) return `check${nameOf(schema.$ref)}`;
  if (schema.type === "array") return `array(${checkOf(itemsOf(schema))})`;
  if (schema.type !== "object") return schema.type ?? "";
  const members = Object.entries(schema.properties ?? {});
  return `object({ ${members.map(([name, member]) => `${JSON.stringify(name)}: ${checkOf(member)}`).join(", ")} })`;
}

/** A doc comment of the description and the first example. */
export function commentOf({ description, examples }: NamedSchema, indent = ""): string[] {
  if (!description) return [];
  const [example] = examples ?? [];
  const text = [
    description.trim(),
    ...(example === undefined ? [] : [`@example ${JSON.stringify(example)}`]),
  ].join(`\n${indent} * `);
  return [`${indent}/** ${text.replaceAll("*/", "*\\/")} */`];
}

/** Names of the schemas that this one refers to, itself excluded. */
export function referencesOf(schema: NamedSchema): string[] {
  const children = [...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : [])];
  return [...(schema.$ref ? [nameOf(schema.$ref)] : []), ...children.flatMap(referencesOf)];
}

export const nameOf = (reference: string) => reference.slice(reference.lastIndexOf("/") + 1);

function itemsOf({ items }: NamedSchema): NamedSchema {
  if (!items) throw new Error("An array of a message has no items");
  return items;
}

/** A keyword that were passed over would be a check that is not made. */
function demandUnderstood(schema: NamedSchema): void {
  if (schema.$ref) return;
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
