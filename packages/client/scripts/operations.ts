import {
  type Api,
  findResponse,
  getFirstExample,
  getSuccess,
  type Operation,
  type Parameter,
} from "@thingspace-callbacks/contract";
import { getDataSchema } from "./data.ts";

/** Returns the text of src/generated/operations.ts: a typed, documented interface of each API and its named types. */
export function writeOperations(apis: Api[]): string {
  return [
    'import type { CallOptions } from "../call/call-options.ts";',
    'import type { ErrorBody, RequestBody, ResponseBody } from "../result/documented.ts";',
    'import type { Result } from "../result/result.ts";',
    ...apis.map(
      ({ name }) => `import type { operations as ${name}, paths as ${name}Paths } from "./${name}.ts";`,
    ),
    "",
    "/** The operations of each API. */",
    "export interface Operations {",
    ...apis.map(({ name, title }) => `  /** ${title}. */\n  ${name}: ${nameInterface(name)};`),
    "}",
    "",
    "/** The paths of each document, for its plain openapi-fetch client. */",
    "export interface Paths {",
    ...apis.map(({ name }) => `  ${name}: ${name}Paths;`),
    "}",
    ...apis.flatMap(({ name, title, operations }) => [
      writeNamedTypes(name, operations),
      writeInterface(name, title, operations),
    ]),
    "",
  ].join("\n");
}

function writeInterface(api: string, title: string, operations: Operation[]): string {
  const members = operations.map((operation) => {
    const { operationId, body, parameters } = operation;
    const name = capitalize(api) + capitalize(operationId);
    const list = parameters.map((parameter) => `${parameter.name}: ${writeParameterType(parameter)}`);
    if (body) list.push(`body: ${name}Request`);
    list.push("options?: CallOptions");
    return `${writeDoc(api, operation)}\n  ${operationId}(${list.join(", ")}): Promise<${name}Result>;`;
  });
  return `\n/** The operations of ${title}. */\nexport interface ${nameInterface(api)} {\n${members.join("\n")}\n}`;
}

const writeParameterType = ({ schema }: Parameter) =>
  schema.enum ? schema.enum.map((value) => JSON.stringify(value)).join(" | ") : "string";

/**
 * Writes the named types of an API: request, data and result of each operation, and the bodies of its errors. They are
 * interfaces, so that an editor shows their names instead of their members.
 */
function writeNamedTypes(api: string, operations: Operation[]): string {
  return [
    ...operations.flatMap((operation) => [
      ...writeBodyTypes(api, operation),
      writeResultType(api, operation, operations),
    ]),
    ...writeErrorTypes(api, operations),
  ].join("\n");
}

function writeBodyTypes(api: string, operation: Operation): string[] {
  const { operationId } = operation;
  const name = capitalize(api) + capitalize(operationId);
  const operationType = `${api}["${operationId}"]`;
  const schema = getDataSchema(operation);
  const request = operation.body
    ? [
        `\n/** The body of \`${api}.${operationId}\`. */`,
        `export interface ${name}Request extends RequestBody<${operationType}> {}`,
      ]
    : [];
  const data = `\n/** The data of \`${api}.${operationId}\`. */`;
  if (!schema) return [...request, data, `export type ${name}Data = undefined;`];
  const body = `ResponseBody<${operationType}, ${getSuccess(operation).status}>`;
  if (schema.type === "array") {
    return [
      ...request,
      data,
      `export type ${name}Data = ${name}Item[];`,
      `\n/** An item of the data of \`${api}.${operationId}\`. */`,
      `export interface ${name}Item extends NonNullable<${body}[number]> {}`,
    ];
  }
  // The client does not check that required members are there.
  const type = schema.required?.length ? `Partial<${body}>` : body;
  return [...request, data, `export interface ${name}Data extends ${type} {}`];
}

function writeResultType(api: string, operation: Operation, operations: Operation[]): string {
  const name = capitalize(api) + capitalize(operation.operationId);
  const errors = listErrorStatuses(operation).map(
    (status) => `${status}: ${nameError(api, operation, status, operations)}`,
  );
  return [
    `\n/** The result of \`${api}.${operation.operationId}\`. */`,
    `export type ${name}Result = Result<${name}Data, { ${errors.join("; ")} }>;`,
  ].join("\n");
}

/** Writes the types of errors. Operations with the same error body at a status share one type. */
function writeErrorTypes(api: string, operations: Operation[]): string[] {
  const types = new Map<string, string>();
  for (const operation of operations) {
    for (const status of listErrorStatuses(operation)) {
      const name = nameError(api, operation, status, operations);
      const body = `ErrorBody<${api}["${operation.operationId}"], ${status}>`;
      types.set(
        name,
        `\n/** The documented body of a ${status} of ${api}; none of its members is certain. */\nexport interface ${name} extends ${body} {}`,
      );
    }
  }
  return [...types.values()];
}

const listErrorStatuses = ({ responses }: Operation) =>
  Object.keys(responses).filter((status) => status >= "300");

function nameError(api: string, operation: Operation, status: string, operations: Operation[]): string {
  const schemas = operations.map((other) => JSON.stringify(findResponse(other, status)?.body?.schema));
  const isShared = new Set(schemas).size === 1;
  const words: Record<string, string> = { "400": "Error", "401": "Unauthorized" };
  return [
    capitalize(api),
    isShared ? "" : capitalize(operation.operationId),
    words[status] ?? `Error${status}`,
  ].join("");
}

function writeDoc(api: string, operation: Operation): string {
  const { operationId, method, path, summary, description, parameters, role, body } = operation;
  const values = [...parameters, ...(body ? [body] : [])].map(getFirstExample);
  return [
    "  /**",
    `   * ${summary}.`,
    "   *",
    `   * ${description}`,
    ...(role === "register"
      ? ["   *", "   * Retried like every operation, because registering again replaces."]
      : []),
    "   *",
    ...parameters.map((parameter) => `   * @param ${parameter.name} ${parameter.description}`),
    ...(body ? [`   * @param body ${body.description}`] : []),
    "   * @example",
    `   * const result = await thingspace.${api}.${operationId}(${values.map((value) => JSON.stringify(value)).join(", ")});`,
    `   * @see spec/${api}/openapi.yaml, ${method.toUpperCase()} ${path}`,
  ]
    .map((line) => line.replaceAll("*/", "*\\/"))
    .concat("   */")
    .join("\n");
}

const capitalize = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const nameInterface = (api: string) => `${capitalize(api)}Operations`;
