import type { Api, Operation, Parameter } from "@thingspace-callbacks/contract/catalogue";

/** The text of src/generated/operations.ts: servers, a table of operations and a typed, documented interface per API. */
export function operationsFile(catalogue: Record<string, Api>): string {
  const apis = Object.entries(catalogue);
  return [
    'import type { CallOptions } from "../call-options.ts";',
    'import type { ErrorBody, RequestBody, ResponseBody } from "../documented.ts";',
    'import type { Result } from "../result.ts";',
    'import type { Table } from "../table.ts";',
    ...apis.map(
      ([name]) => `import type { operations as ${name}, paths as ${name}Paths } from "./${name}.ts";`,
    ),
    "",
    "/** The header that carries the session token, in lower case, as headers are kept here. */",
    `export const sessionHeader = ${JSON.stringify(sessionHeaderOf(apis.map(([, api]) => api)).toLowerCase())};`,
    "",
    "/** The only callback service there is. */",
    `export const service = ${JSON.stringify(serviceOf(apis.map(([, api]) => api)))};`,
    "",
    "// One constant each, so that a bundle has only those that it uses.",
    ...apis.flatMap(([name, api]) => table(name, api)),
    "",
    "/** All of them. */",
    `export const tables = { ${apis.map(([name]) => `${name}: ${name}Table`).join(", ")} };`,
    "",
    "/** The operations of each API. */",
    "export interface Operations {",
    ...apis.map(([name, { title }]) => `  /** ${title}. */\n  ${name}: ${interfaceName(name)};`),
    "}",
    "",
    "/** The paths of each document, for its plain openapi-fetch client. */",
    "export interface Paths {",
    ...apis.map(([name]) => `  ${name}: ${name}Paths;`),
    "}",
    ...apis.flatMap(([name, { operations }]) => [
      namedTypes(name, operations),
      interfaceOf(name, operations),
    ]),
    "",
  ].join("\n");
}

/** What the client must know of an API while it runs. */
const table = (name: string, { servers, operations }: Api) => [
  `export const ${name}Table: Table<${interfaceName(name)}> = {`,
  `  servers: ${JSON.stringify(servers)},`,
  "  operations: {",
  ...operations.map((operation) => `    ${operation.operationId}: ${JSON.stringify(row(operation))},`),
  "  },",
  "};",
];

/** What the client must know of an operation while it runs; table.ts says what the members are. */
function row(operation: Operation): unknown[] {
  const { operationId, method, path, parameters, requestBody, responses } = operation;
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  if (inPath.join() !== parameters.map(({ name }) => name).join()) {
    throw new Error(`${operationId}: the client knows path parameters only, in the path's order`);
  }
  const schema = jsonSchemaOf(responses["200"]);
  const shape = schema && (schema.type === "array" ? "array" : (schema.required ?? []));
  const contentType = Object.keys(requestBody?.content ?? {})[0];
  return [
    method.toUpperCase(),
    path,
    tokensOf(operation),
    shape ?? null,
    ...(contentType ? [contentType] : []),
  ];
}

/** The session first, because logging in may find out that the access token has to be renewed. */
function tokensOf({ operationId, security }: Operation): string[] {
  const sentAs = security.map((scheme) => scheme.sentAs).join("+");
  const known: Record<string, string[]> = {
    basic: ["key"],
    bearer: ["access"],
    "bearer+header": ["session", "access"],
  };
  const found = known[sentAs];
  if (!found) throw new Error(`${operationId}: the client cannot authenticate by ${sentAs || "nothing"} yet`);
  return found;
}

function sessionHeaderOf(apis: Api[]): string {
  const schemes = apis.flatMap(({ operations }) => operations.flatMap(({ security }) => security));
  return only(schemes.flatMap((scheme) => (scheme.sentAs === "header" ? scheme.header : [])));
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
    const { operationId, requestBody, parameters } = operation;
    const name = capitalize(api) + capitalize(operationId);
    const list = parameters.map((parameter) => `${parameter.name}: ${parameterType(parameter)}`);
    if (requestBody) list.push(`body: ${name}Request`);
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
  const { operationId, method, requestBody, responses } = operation;
  const name = capitalize(api) + capitalize(operationId);
  const type = `${api}["${operationId}"]`;
  const schema = jsonSchemaOf(responses["200"]);
  const request = requestBody
    ? [
        `\n/** The body of \`${api}.${operationId}\`. */`,
        `export interface ${name}Request extends RequestBody<${type}> {}`,
      ]
    : [];
  const data = `\n/** The data of \`${api}.${operationId}\`. */`;
  if (!schema) return [...request, data, `export type ${name}Data = undefined;`];
  const body = `ResponseBody<${type}, 200>`;
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
  const schemas = operations.map(({ responses }) => JSON.stringify(jsonSchemaOf(responses[status])));
  const isShared = new Set(schemas).size === 1;
  const words: Record<string, string> = { "400": "Error", "401": "Unauthorized" };
  return [
    capitalize(api),
    isShared ? "" : capitalize(operation.operationId),
    words[status] ?? `Error${status}`,
  ].join("");
}

const jsonSchemaOf = (response: Operation["responses"][string] | undefined) =>
  Object.values(response?.content ?? {})[0]?.schema;

function docOf(api: string, operation: Operation): string {
  const { operationId, method, path, summary, description, parameters, requestBody } = operation;
  const values = parameters.map(({ examples }) => Object.values(examples)[0]?.value);
  const body = Object.values(requestBody?.content ?? {})[0]?.examples;
  if (body) values.push(Object.values(body)[0]?.value);
  return [
    "  /**",
    `   * ${summary}.`,
    "   *",
    `   * ${description}`,
    // Those of authentication do not register: requestToken gives the same token again, logIn another session.
    ...(method === "post" && api !== "auth"
      ? ["   *", "   * Retried like every operation, because registering again replaces."]
      : []),
    "   *",
    ...parameters.map((parameter) => `   * @param ${parameter.name} ${parameter.description}`),
    ...(requestBody ? [`   * @param body ${requestBody.description}`] : []),
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
