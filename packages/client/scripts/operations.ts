import type { Api, Operation } from "@thingspace-callbacks/contract/catalogue";

/** The text of src/generated/operations.ts: servers, a table of operations and a typed, documented interface per API. */
export function operationsFile(catalogue: Record<string, Api>): string {
  const apis = Object.entries(catalogue);
  return [
    'import type { CallOptions } from "../call-options.ts";',
    'import type { Body, Result } from "../result.ts";',
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
    ...apis.map(([name, { operations }]) => interfaceOf(name, operations)),
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
  const schema = Object.values(responses["200"]?.content ?? {})[0]?.schema;
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
    const type = `${api}["${operation.operationId}"]`;
    const parameters = operation.parameters.map(
      ({ name }) => `${name}: ${type}["parameters"]["path"]["${name}"]`,
    );
    if (operation.requestBody) parameters.push(`body: Body<${type}>`);
    parameters.push("options?: CallOptions");
    return `${docOf(api, operation)}\n  ${operation.operationId}(${parameters.join(", ")}): Promise<Result<${type}>>;`;
  });
  return `\nexport interface ${interfaceName(api)} {\n${members.join("\n")}\n}`;
}

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

const interfaceName = (api: string) => `${api.charAt(0).toUpperCase()}${api.slice(1)}Operations`;
