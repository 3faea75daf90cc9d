import type { Api, Method, Operation } from "@thingspace-callbacks/contract";
import type { DataForm, OperationDescription } from "../src/call/operation.ts";
import { getDataSchema } from "./data.ts";
import { listTokenKinds } from "./facts.ts";

/** Returns the text of src/generated/descriptions.ts: what the client needs of each API at run time. */
export function writeDescriptions(apis: Api[]): string {
  return [
    'import type { ApiDescription } from "../call/operation.ts";',
    "",
    "// One constant for each, so that a bundle has only those that it uses.",
    ...apis.flatMap(describeApi),
    "",
    "/** The APIs by name. */",
    `export const descriptions = { ${apis.map(({ name }) => name).join(", ")} };`,
    "",
  ].join("\n");
}

const describeApi = ({ name, servers, operations }: Api) => [
  `export const ${name}: ApiDescription = {`,
  `  servers: ${JSON.stringify(servers)},`,
  "  operations: {",
  ...operations.map(
    (operation) => `    ${operation.operationId}: ${JSON.stringify(describeOperation(operation))},`,
  ),
  "  },",
  "};",
];

/** Returns the description of an operation; src/call/operation.ts tells what its members are. */
function describeOperation(operation: Operation): OperationDescription {
  const { operationId, path, parameters, body, role } = operation;
  if (parameters.some((parameter) => parameter.in !== "path")) {
    throw new Error(`${operationId}: the client can only send path parameters`);
  }
  if (parameters.length > 0 && !role) {
    throw new Error(
      `${operationId}: the first parameter must be the account, so the operation must have a role`,
    );
  }
  return {
    method: operation.method.toUpperCase() as Uppercase<Method>,
    path,
    tokens: listTokenKinds(operation),
    ...(body && { mediaType: body.mediaType }),
    data: describeData(operation),
  };
}

function describeData(operation: Operation): DataForm {
  const schema = getDataSchema(operation);
  if (!schema) return "none";
  return schema.type === "array" ? "list" : "object";
}
