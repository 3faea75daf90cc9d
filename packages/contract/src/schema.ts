/** A JSON Schema as the documents use it, with every reference resolved. */
export interface Schema {
  type?: string;
  format?: string;
  description?: string;
  examples?: unknown[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  enum?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  default?: unknown;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  /** Name of the schema in its document's `components`. Added by this package. */
  "x-name"?: string;
  /** The rule of `pattern` in words that follow "must be". */
  "x-rule"?: string;
  /** Maximum size of the value as JSON in UTF-8, in bytes. */
  "x-max-bytes"?: number;
  /** The value is a token or a key. Passwords have `format: password`. */
  "x-secret"?: true;
  /** Numbers of the departures that this schema rests on. */
  "x-departure"?: string | string[];
  /** Scheme that the mock also takes for this URL, if its host is a loopback host. */
  "x-mock-loopback"?: "http";
}

/** A schema inside a schema, and where it is. */
export interface SchemaPlace {
  /** Names of the members on the way; `[]` stands for the items of a list, `*` for members of any name. */
  path: string[];
  schema: Schema;
  isRequired: boolean;
  /** It is one of the choices that `oneOf` or `anyOf` offers at this path. */
  isBranch: boolean;
}

/** A member of an object. */
export interface Member {
  name: string;
  schema: Schema;
  isRequired: boolean;
}

/** Yields a schema and every schema inside it, parents first, in the order of the document. */
export function* walkSchema(
  schema: Schema,
  path: string[] = [],
  isRequired = false,
  isBranch = false,
): Generator<SchemaPlace> {
  yield { path, schema, isRequired, isBranch };
  for (const member of listMembers(schema)) {
    yield* walkSchema(member.schema, [...path, member.name], member.isRequired);
  }
  if (schema.items) yield* walkSchema(schema.items, [...path, "[]"]);
  if (typeof schema.additionalProperties === "object") {
    yield* walkSchema(schema.additionalProperties, [...path, "*"]);
  }
  for (const branch of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) {
    yield* walkSchema(branch, path, isRequired, true);
  }
}

/** Returns the members that a schema gives an object. */
export function listMembers({ properties = {}, required = [] }: Schema): Member[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    isRequired: required.includes(name),
  }));
}

/** Returns the schema of one member, if the document has it. */
export function findMember(schema: Schema, name: string): Schema | undefined {
  return listMembers(schema).find((member) => member.name === name)?.schema;
}

/**
 * Returns the limit that a schema sets with a keyword.
 *
 * @throws when the document does not set it, so that a limit that was removed there is noticed
 */
export function getLimit(
  schema: Schema | undefined,
  keyword: "maximum" | "maxItems" | "x-max-bytes",
): number {
  const limit = schema?.[keyword];
  if (limit === undefined) throw new Error(`The documents set no ${keyword} here`);
  return limit;
}

/**
 * Returns the type of a schema for a reader.
 *
 * @example
 * formatType({ oneOf: [{ type: "integer" }, { type: "array", items: { type: "string" } }] })
 * // "integer or array of strings"
 */
export function formatType({ type = "any", items, oneOf }: Schema): string {
  if (oneOf) return oneOf.map(formatType).join(" or ");
  return items ? `array of ${formatType(items)}s` : type;
}

/**
 * Writes the path of a schema or a value for a reader.
 *
 * @example
 * formatPath(["firmwareList", "[]", "model"]) // "firmwareList[].model"
 */
export function formatPath(path: string[]): string {
  return path.reduce((text, step) => (step === "[]" || text === "" ? text + step : `${text}.${step}`), "");
}
