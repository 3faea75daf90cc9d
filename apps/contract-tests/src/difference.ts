import { findResponse, type Operation, type Schema } from "@thingspace-callbacks/contract";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Answer } from "./answer.ts";

/** One place where an answer is not what the document says. */
export interface Difference {
  /** `status`, `Content-Type`, `body`, or a member such as `body.0.url`. */
  at: string;
  documented: string;
  actual: string;
}

const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
addFormats.default(ajv);

/** How an answer differs from its document: in its status, media type or headers, or in what its body lacks, breaks or has besides. */
export function differencesOf(operation: Operation, answer: Answer): Difference[] {
  const response = findResponse(operation, answer.status);
  if (!response) {
    const documented = Object.keys(operation.responses).join(" or ");
    return [{ at: "status", documented, actual: String(answer.status) }];
  }
  const missing = Object.keys(response.headers).filter((name) => !answer.headers.has(name));
  const headers = missing.map((at) => ({ at, documented: "a header", actual: "missing" }));
  if (!response.body)
    return [...headers, ...(answer.body === undefined ? [] : [besides("body", answer.body)])];
  const { mediaType, schema } = response.body;
  if (answer.mediaType !== mediaType) {
    return [...headers, { at: "Content-Type", documented: mediaType, actual: answer.mediaType || "none" }];
  }
  return [
    ...headers,
    ...brokenRules(schema, answer.body, "body"),
    ...undocumentedMembers(schema, answer.body, "body"),
  ];
}

function brokenRules(schema: Schema, value: unknown, at: string): Difference[] {
  const validate = validatorOf(schema);
  if (validate(value)) return [];
  // What each branch of a choice misses says less than the choice itself.
  const errors = (validate.errors ?? []).filter(({ schemaPath }) => !/\/(one|any)Of\/\d/.test(schemaPath));
  return errors.map((error) => differenceOf(error, at));
}

const validators = new WeakMap<Schema, ValidateFunction>();

export function validatorOf(schema: Schema): ValidateFunction {
  const known = validators.get(schema) ?? ajv.compile(schema);
  validators.set(schema, known);
  return known;
}

function differenceOf(
  { instancePath, keyword, params, message, parentSchema, data }: ErrorObject,
  at: string,
) {
  const place = at + instancePath.replaceAll("/", ".");
  if (keyword === "required") {
    const name = String(params["missingProperty"]);
    const schema = (parentSchema as Schema).properties?.[name];
    return { at: `${place}.${name}`, documented: `${schema?.type ?? "any"}, required`, actual: "missing" };
  }
  const documented = keyword === "enum" ? `one of ${params["allowedValues"]}` : (message ?? keyword);
  return { at: place, documented: documented.replace(/^must be /, ""), actual: shown(data) };
}

/** Members that the document does not have: its schemas are open, and yet nobody can read of these there. */
function undocumentedMembers(schema: Schema, value: unknown, at: string): Difference[] {
  const { oneOf, items, properties } = schema;
  if (oneOf) {
    const branch = oneOf.find((candidate) => validatorOf(candidate)(value));
    return branch ? undocumentedMembers(branch, value, at) : [];
  }
  if (Array.isArray(value)) {
    return items ? value.flatMap((item, index) => undocumentedMembers(items, item, `${at}.${index}`)) : [];
  }
  if (!properties || typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const documented = properties[name];
    if (documented) return undocumentedMembers(documented, member, `${at}.${name}`);
    return [besides(`${at}.${name}`, member)];
  });
}

const besides = (at: string, value: unknown): Difference => ({
  at,
  documented: "not there",
  actual: shown(value),
});

const shown = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
