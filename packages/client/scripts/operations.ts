import {
  type Api,
  findResponse,
  getFirstExample,
  getSuccess,
  listTokens,
  type Operation,
  type Parameter,
  type Token,
} from "@thingspace-callbacks/contract";

/** The text of src/generated/operations.ts: servers, a table of operations and a typed, documented interface per API. */
export function operationsFile(apis: Api[]): string {
  return [
    'import type { CallOptions } from "../call/call-options.ts";',
    'import type { ErrorBody, RequestBody, ResponseBody } from "../result/documented.ts";',
    'import type { Result } from "../result/result.ts";',
    'import type { Table } from "../call/table.ts";',
    ...apis.map(
      ({ name }) => `import type { operations as ${name}, paths as ${name}Paths } from "./${name}.ts";`,
    ),
    "",
    "/** The header that carries the session token, in lower case, as headers are kept here. */",
    `export const sessionHeader = ${JSON.stringify(sessionHeaderOf(apis).toLowerCase())};`,
    "",
    "/** The only callback service there is. */",
    `export const service = ${JSON.stringify(serviceOf(apis))};`,
    "",
    "// One constant each, so that a bundle has only those that it uses.",
    ...apis.flatMap(table),
    "",
    "/** All of them. */",
    `export const tables = { ${apis.map(({ name }) => `${name}: ${name}Table`).join(", ")} };`,
    "",
    "/** The operations of each API. */",
    "export interface Operations {",
    ...apis.map(({ name, title }) => `  /** ${title}. */\n  ${name}: ${interfaceName(name)};`),
    "}",
    "",
    "/** The paths of each document, for its plain openapi-fetch client. */",
    "export interface Paths {",
    ...apis.map(({ name }) => `  ${name}: ${name}Paths;`),
    "}",
    ...apis.flatMap(({ name, operations }) => [namedTypes(name, operations), interfaceOf(name, operations)]),
    "",
  ].join("\n");
}

/** What the client must know of an API while it runs. */
const table = ({ name, servers, operations }: Api) => [
  `export const ${name}Table: Table<${interfaceName(name)}> = {`,
  `  servers: ${JSON.stringify(servers)},`,
  "  operations: {",
  ...operations.map((operation) => `    ${operation.operationId}: ${JSON.stringify(row(operation))},`),
  "  },",
  "};",
];

/** What the client must know of an operation while it runs; call/table.ts says what the members are. */
function row(operation: Operation): unknown[] {
  const { operationId, method, path, parameters, body } = operation;
  if (parameters.some((parameter) => parameter.in !== "path")) {
    throw new Error(`${operationId}: the client knows path parameters only`);
  }
  const schema = getDataSchema(operation);
  const shape = schema && (schema.type === "array" ? "array" : (schema.required ?? []));
  return [method.toUpperCase(), path, tokensOf(operation), shape ?? null, ...(body ? [body.mediaType] : [])];
}

/** The session first, because logging in may find out that the access token has to be renewed. */
function tokensOf(operation: Operation): string[] {
  const tokens = listTokens(operation).map((token) => {
    const name = tokenNames[token];
    if (!name) throw new Error(`${operation.operationId}: the client cannot authenticate by ${token} yet`);
    return name;
  });
  return ["session", "access", "key"].filter((name) => tokens.includes(name));
}

/** What the client calls the tokens that it can send. */
const tokenNames: Partial<Record<Token, string>> = {
  session: "session",
  access: "access",
  application: "key",
};

function sessionHeaderOf(apis: Api[]): string {
  const schemes = apis.flatMap(({ operations }) => operations.flatMap(({ security }) => security));
  return only(schemes.flatMap(({ token, header }) => (token === "session" ? header : [])));
}

function serviceOf(apis: Api[]): string {
  const parameters = apis.flatMap(({ operations }) =>
    operations.flatMap((operation) => operation.parameters),
  );
  const { examples = {} } = parameters.find(({ name }) => name === "service") ?? {};
  return only(Object.values(examples).map(({ value }) => String(value)));
}

/** The one value that all of these are. */
function only(values: string[]): string {
  const [value, ...others] = new Set(values);
  if (value === undefined || others.length > 0)
    throw new Error(`One value is expected: ${values.join(", ")}`);
  return value;
}

function interfaceOf(api: string, operations: Operation[]): string {
  const members = operations.map((operation) => {
    const { operationId, body, parameters } = operation;
    const name = capitalize(api) + capitalize(operationId);
    const list = parameters.map((parameter) => `${parameter.name}: ${parameterType(parameter)}`);
    if (body) list.push(`body: ${name}Request`);
    list.push("options?: CallOptions");
    return `${docOf(api, operation)}\n  ${operationId}(${list.join(", ")}): Promise<${name}Result>;`;
  });
  return `\nexport interface ${interfaceName(api)} {\n${members.join("\n")}\n}`;
}

const parameterType = ({ schema }: Parameter) =>
  schema.enum ? schema.enum.map((value) => JSON.stringify(value)).join(" | ") : "string";

/**
 * The named types of an API: request, data and result of each operation, and the bodies of its errors. Interfaces, so
 * that an editor shows their names instead of their members.
 */
function namedTypes(api: string, operations: Operation[]): string {
  return [
    ...operations.flatMap((operation) => [
      ...bodyTypes(api, operation),
      resultType(api, operation, operations),
    ]),
    ...errorTypes(api, operations),
  ].join("\n");
}

function bodyTypes(api: string, operation: Operation): string[] {
  const { operationId, method } = operation;
  const name = capitalize(api) + capitalize(operationId);
  const type = `${api}["${operationId}"]`;
  const schema = getDataSchema(operation);
  const request = operation.body
    ? [
        `\n/** The body of \`${api}.${operationId}\`. */`,
        `export interface ${name}Request extends RequestBody<${type}> {}`,
      ]
    : [];
  const data = `\n/** The data of \`${api}.${operationId}\`. */`;
  if (!schema) return [...request, data, `export type ${name}Data = undefined;`];
  const body = `ResponseBody<${type}, ${getSuccess(operation).status}>`;
  if (schema.type === "array") {
    return [
      ...request,
      data,
      `export type ${name}Data = ${name}Item[];`,
      `\n/** An item of the data of \`${api}.${operationId}\`. */`,
      `export interface ${name}Item extends NonNullable<${body}[number]> {}`,
    ];
  }
  // Only the answer to a GET is checked to have its required members.
  const isCertain = method === "get" || !schema.required?.length;
  return [
    ...request,
    data,
    `export interface ${name}Data extends ${isCertain ? body : `Partial<${body}>`} {}`,
  ];
}

function resultType(api: string, operation: Operation, operations: Operation[]): string {
  const name = capitalize(api) + capitalize(operation.operationId);
  const errors = errorStatuses(operation).map(
    (status) => `${status}: ${errorName(api, operation, status, operations)}`,
  );
  return [
    `\n/** The result of \`${api}.${operation.operationId}\`. */`,
    `export type ${name}Result = Result<${name}Data, { ${errors.join("; ")} }>;`,
  ].join("\n");
}

/** The errors' types; one for all operations of the API that have the same at a status. */
function errorTypes(api: string, operations: Operation[]): string[] {
  const types = new Map<string, string>();
  for (const operation of operations) {
    for (const status of errorStatuses(operation)) {
      const name = errorName(api, operation, status, operations);
      const body = `ErrorBody<${api}["${operation.operationId}"], ${status}>`;
      types.set(
        name,
        `\n/** The documented body of a ${status} of ${api}; none of its members is certain. */\nexport interface ${name} extends ${body} {}`,
      );
    }
  }
  return [...types.values()];
}

const errorStatuses = ({ responses }: Operation) =>
  Object.keys(responses).filter((status) => status >= "300");

function errorName(api: string, operation: Operation, status: string, operations: Operation[]): string {
  const schemas = operations.map((other) => JSON.stringify(findResponse(other, status)?.body?.schema));
  const isShared = new Set(schemas).size === 1;
  const words: Record<string, string> = { "400": "Error", "401": "Unauthorized" };
  return [
    capitalize(api),
    isShared ? "" : capitalize(operation.operationId),
    words[status] ?? `Error${status}`,
  ].join("");
}

/** The schema of what an operation answers with, if it answers with a body. */
const getDataSchema = (operation: Operation) => getSuccess(operation).response.body?.schema;

function docOf(api: string, operation: Operation): string {
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
const interfaceName = (api: string) => `${capitalize(api)}Operations`;
