import type { Operation, Parameter } from "@thingspace-callbacks/contract/catalogue";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { sentence } from "./violation.ts";

/** The parts of a request that the documents describe. */
export interface RequestParts {
  path: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
}

/** Sentences about what a request breaks; none when it is right. Defaults of the schemas are filled in. */
export type Validator = (request: RequestParts) => string[];

const options = { allErrors: true, strict: false, useDefaults: true, verbose: true } as const;
const ajv = new Ajv2020(options);
// What comes in a URL is text: numbers are read from it.
const ajvOfText = new Ajv2020({ ...options, coerceTypes: true });
for (const instance of [ajv, ajvOfText]) addFormats.default(instance);

/** Compiles what an operation's document demands of its requests. */
export function createValidator(operation: Operation): Validator {
  const mediaType = Object.values(operation.requestBody?.content ?? {})[0];
  const path = ajvOfText.compile(objectOf(operation.parameters, "path"));
  const hasQuery = operation.parameters.some((parameter) => parameter.in === "query");
  const query = ajvOfText.compile(hasQuery ? objectOf(operation.parameters, "query") : true);
  const body = ajv.compile(mediaType?.schema ?? true);
  return (request) => [
    ...(path(request.path) ? [] : sentences(path.errors)),
    ...(query(request.query) ? [] : sentences(query.errors)),
    ...(request.body === undefined || body(request.body) ? [] : sentences(body.errors)),
  ];
}

function objectOf(parameters: Parameter[], place: Parameter["in"]) {
  const here = parameters.filter((parameter) => parameter.in === place);
  return {
    type: "object",
    properties: Object.fromEntries(here.map(({ name, schema }) => [name, schema])),
    required: here.filter(({ required }) => required).map(({ name }) => name),
    // Where the document names filters, a mistyped one must not pass for none.
    ...(place === "query" && here.length > 0 && { additionalProperties: false }),
  };
}

function sentences(errors: ErrorObject[] | null | undefined): string[] {
  const all = errors ?? [];
  return [...new Set(all.filter((error) => !isAboutOtherBranch(error, all)).map(sentenceOf))];
}

/**
 * Tells whether an error says nothing. Ajv reports every branch of a choice: where the value has the type of one branch,
 * only that branch's errors say what is wrong; where it has the type of none, only the choice itself does.
 */
function isAboutOtherBranch({ keyword, instancePath }: ErrorObject, all: ErrorObject[]): boolean {
  const here = all.filter((error) => error.instancePath === instancePath);
  const inside = all.filter((error) => error.instancePath.startsWith(`${instancePath}/`));
  if (keyword === "type") return here.some((error) => error.keyword === "oneOf");
  const isOtherRule = (error: ErrorObject) => error.keyword !== "oneOf" && error.keyword !== "type";
  return keyword === "oneOf" && (inside.length > 0 || here.some(isOtherRule));
}

function sentenceOf({ instancePath, keyword, params, message, schema }: ErrorObject): string {
  const path = instancePath.split("/").filter(Boolean);
  if (keyword === "required") return sentence([...path, params["missingProperty"]], "is required");
  if (keyword === "additionalProperties")
    return sentence([...path, params["additionalProperty"]], "is not known");
  if (keyword === "oneOf") {
    const branches = schema as { type: string }[];
    return sentence(path, `must be ${branches.map(({ type }) => type).join(" or ")}`);
  }
  const allowed = keyword === "enum" ? `: ${params["allowedValues"].join(", ")}` : "";
  return sentence(path, `${message}${allowed}`);
}
