import { findResponse, type Operation, type Schema } from "@thingspace-callbacks/contract";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { ReadResponse } from "./read-response.ts";

/** One place where a response differs from its document. */
export interface Difference {
  /** `status`, `Content-Type`, `body`, or a member such as `body.0.url`. */
  at: string;
  documented: string;
  actual: string;
}

const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
addFormats.default(ajv);

/** Lists the differences between a response and its document: in status, media type, headers, and members of the body. */
export function differencesOf(operation: Operation, received: ReadResponse): Difference[] {
  const response = findResponse(operation, received.status);
  if (!response) {
    const documented = Object.keys(operation.responses).join(" or ");
    return [{ at: "status", documented, actual: String(received.status) }];
  }
  const missing = Object.keys(response.headers).filter((name) => !received.headers.has(name));
  const headers = missing.map((at) => ({ at, documented: "a header", actual: "missing" }));
  if (!response.body)
    return [...headers, ...(received.body === undefined ? [] : [besides("body", received.body)])];
  const { mediaType, schema } = response.body;
  if (received.mediaType !== mediaType) {
    return [...headers, { at: "Content-Type", documented: mediaType, actual: received.mediaType || "none" }];
  }
  return [
    ...headers,
    ...brokenRules(schema, received.body, "body"),
    ...undocumentedMembers(schema, received.body, "body"),
  ];
}

function brokenRules(schema: Schema, value: unknown, at: string): Difference[] {
  const validate = validatorOf(schema);
  if (validate(value)) return [];
  // The violations of each branch of a choice say less than the choice itself.
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
