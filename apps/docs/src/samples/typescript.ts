import type { Operation } from "@thingspace-callbacks/spec";
import type { SampleRequest } from "./request.ts";

/** A call of this project's client. */
export function typescript(api: string, { operationId }: Operation, request: SampleRequest): string {
  const { parameters, headers, body } = request;
  const args = [...parameters.map(({ name }) => name), ...(body ? ["body"] : [])];
  return [
    'import { createThingSpaceClient } from "@thingspace-callbacks/client";',
    "",
    ...credentials(headers),
    "const thingspace = createThingSpaceClient({ credentials });",
    "",
    ...parameters.map(({ name, value }) => `const ${name} = ${JSON.stringify(value)};`),
    ...(body ? [`const body = ${literal(body.value)} as const;`] : []),
    `const result = await thingspace.${api}.${operationId}(${args.join(", ")});`,
    "if (result.ok) console.log(result.data);",
    "else console.error(result.status, result.error);",
  ].join("\n");
}

/** The mock's control operations are not in the client, so these use fetch. */
export function typescriptFetch({ method, url, headers, body }: SampleRequest): string {
  return [
    `const response = await fetch("${url}", {`,
    `  method: "${method}",`,
    "  headers: {",
    ...headers.map(({ name, variables }) => `    "${name}": process.env["${variables[0]}"] ?? "",`),
    ...(body ? [`    "Content-Type": "${body.contentType}",`] : []),
    "  },",
    ...(body ? [`  body: JSON.stringify(${literal(body.value, "  ")}),`] : []),
    "});",
    "console.log(response.status, await response.json());",
  ].join("\n");
}

function credentials(headers: SampleRequest["headers"]): string[] {
  const members: Record<string, string> = {
    THINGSPACE_KEY: "key",
    THINGSPACE_SECRET: "secret",
    ACCESS_TOKEN: "accessToken",
    SESSION_TOKEN: "sessionToken",
  };
  const lines = headers
    .flatMap(({ variables }) => variables)
    .map((variable) => `  ${members[variable]}: process.env["${variable}"] ?? "",`);
  return ["const credentials = {", ...lines, "};"];
}

const literal = (value: unknown, indent = "") =>
  JSON.stringify(value, null, 2)
    .replace(/^( *)"([A-Za-z_]\w*)":/gm, "$1$2:")
    .replaceAll("\n", `\n${indent}`);
