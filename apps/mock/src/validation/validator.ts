import {
  listMembers,
  type Member,
  type Operation,
  type Parameter,
  type Schema,
} from "@thingspace-callbacks/contract";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { isObject } from "../is-object.ts";
import { describeUriRule, removeRepeatedFormats } from "./uri-rule.ts";
import { formatSentence } from "./violation.ts";
import { Violations } from "./violations.ts";

/** The parts of a request that the documents describe. */
export interface RequestParts {
  path: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
}

/** Returns what a request breaks; a count of 0 when it is right. Defaults of the schemas are filled in. */
export type Validator = (request: RequestParts) => Violations;

// The documents have been checked when they were bundled: checking each schema again would take a sixth of the start.
const options = {
  allErrors: true,
  strict: false,
  useDefaults: true,
  verbose: true,
  validateSchema: false,
} as const;
const ajv = new Ajv2020(options);
// Values in a URL are text: numbers are read from it.
const ajvOfText = new Ajv2020({ ...options, coerceTypes: true });
const isUri = addFormats.default.get("uri") as (text: string) => boolean;
for (const instance of [ajv, ajvOfText]) {
  addFormats.default(instance);
  // A URL that no parser takes could be registered, but never be sent to.
  instance.addFormat("uri", (text: string) => isUri(text) && URL.canParse(text));
}

/**
 * Creates the validator of an operation's requests. It is compiled with the first request: compiling those of all
 * operations takes a third of the mock's start.
 */
export function createValidator(operation: Operation): Validator {
  let validate: Validator | undefined;
  return (request) => {
    validate ??= compileValidator(operation);
    return validate(request);
  };
}

function compileValidator(operation: Operation): Validator {
  const path = ajvOfText.compile(toObjectSchema(operation.parameters, "path"));
  const hasQuery = operation.parameters.some((parameter) => parameter.in === "query");
  const query = createCheck(hasQuery ? toObjectSchema(operation.parameters, "query") : {}, ajvOfText);
  const body = createCheck(operation.body?.schema ?? {}, ajv);
  return (request) => {
    const violations = new Violations();
    if (!path(request.path)) addErrors(violations, path.errors, []);
    query(request.query, [], violations);
    if (request.body !== undefined) body(request.body, [], violations);
    return violations;
  };
}

/** Adds what a value breaks; `path` is where the value is. */
type Check = (value: unknown, path: string[], violations: Violations) => void;

/**
 * Compiles a schema. Ajv keeps an object for each violation, and a list may have a million of them: so the members of
 * lists, and members that are not known, are looked at one after the other.
 */
function createCheck(schema: Schema, instance: Ajv2020): Check {
  const { items, ...list } = schema;
  return items
    ? createListCheck(list, createCheck(items, instance), instance)
    : createObjectCheck(schema, instance);
}

function createListCheck(list: Schema, checkMember: Check, instance: Ajv2020): Check {
  const validate = instance.compile(list);
  return (value, path, violations) => {
    if (!validate(value)) addErrors(violations, validate.errors, path);
    if (!Array.isArray(value)) return;
    value.forEach((member, index) => {
      checkMember(member, [...path, String(index)], violations);
    });
  };
}

function createObjectCheck(schema: Schema, instance: Ajv2020): Check {
  const { properties = {}, additionalProperties, ...rest } = schema;
  const isClosed = additionalProperties === false;
  const members = listMembers(schema);
  const own = members
    .filter(hasOwnCheck)
    .map((member) => ({ name: member.name, check: createCheck(member.schema, instance) }));
  const validate = instance.compile({
    ...rest,
    properties: Object.fromEntries(
      members.map((member) => [
        member.name,
        hasOwnCheck(member) ? keepDefault(member.schema) : member.schema,
      ]),
    ),
    ...(!isClosed && additionalProperties !== undefined && { additionalProperties }),
  });
  return (value, path, violations) => {
    if (!validate(value)) addErrors(violations, validate.errors, path);
    if (!isObject(value)) return;
    if (isClosed) {
      for (const name in value) {
        if (!Object.hasOwn(properties, name))
          violations.add(() => formatSentence([...path, name], describeUnknown(Object.keys(properties))));
      }
    }
    for (const { name, check } of own) {
      if (value[name] !== undefined) check(value[name], [...path, name], violations);
    }
  };
}

const describeUnknown = (known: string[]) => `is not known; known are ${known.join(", ")}`;

const hasOwnCheck = ({ schema }: Member) => schema.items !== undefined || schema.oneOf !== undefined;

/** Returns the part of a schema with a check of its own that ajv still needs: ajv fills in the default. */
const keepDefault = (schema: Schema) => ("default" in schema ? { default: schema.default } : {});

function toObjectSchema(parameters: Parameter[], place: Parameter["in"]): Schema {
  const here = parameters.filter((parameter) => parameter.in === place);
  return {
    type: "object",
    properties: Object.fromEntries(here.map(({ name, schema }) => [name, schema])),
    required: here.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    // If the document names filters, a mistyped one must not be ignored.
    ...(place === "query" && here.length > 0 && { additionalProperties: false }),
  };
}

function addErrors(violations: Violations, errors: ValidateFunction["errors"], path: string[]): void {
  for (const error of removeRepeatedFormats(errors ?? [])) violations.add(() => describeError(error, path));
}

function describeError(error: ErrorObject, start: string[]): string {
  const { instancePath, keyword, params, message, parentSchema } = error;
  const path = [...start, ...instancePath.split("/").filter(Boolean)];
  if (keyword === "required") return formatSentence([...path, params["missingProperty"]], "is required");
  if (keyword === "additionalProperties")
    return formatSentence(
      [...path, params["additionalProperty"]],
      describeUnknown(Object.keys((parentSchema as Schema).properties ?? {})),
    );
  if (keyword === "format" && params["format"] === "uri")
    return formatSentence(path, describeUriRule(error.data));
  const rule = (parentSchema as Schema | undefined)?.["x-rule"];
  if (keyword === "pattern" && rule) return formatSentence(path, `must be ${rule}`);
  const allowed = keyword === "enum" ? `: ${params["allowedValues"].join(", ")}` : "";
  return formatSentence(path, `${message}${allowed}`);
}
