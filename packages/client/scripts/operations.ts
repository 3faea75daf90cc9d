import type { Api, Operation } from "@thingspace-callbacks/spec";

/** The text of src/generated/operations.ts: servers, a table of operations and a typed, documented interface per API. */
export function operationsFile(catalogue: Record<string, Api>): string {
  const apis = Object.entries(catalogue);
  const byApi = (pick: (api: Api) => unknown) =>
    JSON.stringify(Object.fromEntries(apis.map(([name, api]) => [name, pick(api)])), null, 2);
  return [
    'import type { CallOptions } from "../options.ts";',
    'import type { Body, Result } from "../result.ts";',
    ...apis.map(([name]) => `import type { operations as ${name} } from "./${name}.ts";`),
    "",
    `export const servers = ${byApi((api) => api.servers)} as const;`,
    "",
    `export const operations = ${byApi(({ operations }) => Object.fromEntries(operations.map((operation) => [operation.operationId, tableRow(operation)])))} as const;`,
    "",
    "export interface Operations {",
    ...apis.map(([name]) => `  ${name}: ${interfaceName(name)};`),
    "}",
    ...apis.map(([name, { operations }]) => interfaceOf(name, operations)),
    "",
  ].join("\n");
}

function tableRow({ method, path, parameters, requestBody, security }: Operation) {
  return {
    method,
    path,
    parameters: parameters.map((parameter) => parameter.name),
    contentType: Object.keys(requestBody?.content ?? {})[0] ?? null,
    security,
  };
}

function demandPathOnly({ operationId, parameters }: Operation): void {
  const other = parameters.find((parameter) => parameter.in !== "path");
  if (other)
    throw new Error(`${operationId}: the client knows no ${other.in} parameters yet (${other.name})`);
}

function interfaceOf(api: string, operations: Operation[]): string {
  const members = operations.map((operation) => {
    demandPathOnly(operation);
    const type = `${api}["${operation.operationId}"]`;
    const parameters = operation.parameters.map(
      ({ name }) => `${name}: ${type}["parameters"]["path"]["${name}"]`,
    );
    if (operation.requestBody) parameters.push(`body: Body<${type}>`);
    parameters.push("options?: CallOptions");
    return [
      `  /** ${operation.summary}.`,
      "   *",
      `   * ${operation.description.replaceAll("*/", "*\\/")} */`,
      `  ${operation.operationId}(${parameters.join(", ")}): Promise<Result<${type}>>;`,
    ].join("\n");
  });
  return `\nexport interface ${interfaceName(api)} {\n${members.join("\n")}\n}`;
}

const interfaceName = (api: string) => `${api.charAt(0).toUpperCase()}${api.slice(1)}Operations`;
