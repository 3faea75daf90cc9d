import { listMembers, type Message, type Operation } from "@thingspace-callbacks/contract";
import { explainMock, type SampleRequest, serverVariable } from "./request.ts";

/** Returns a sample that calls the operation with this project's client, which gets both tokens automatically. */
export function typescript({ api, operationId }: Operation, request: SampleRequest): string {
  const { parameters, body, server } = request;
  const args = [...parameters.map(({ name }) => name), ...(body ? ["body"] : [])];
  return [
    'import { createThingSpaceClient } from "@thingspace-callbacks/client";',
    "",
    "const thingspace = createThingSpaceClient({",
    `  // ${explainMock(server.mock ?? server.url)}`,
    `  environment: process.env["${serverVariable}"] ? "mock" : "production",`,
    `  origin: process.env["${serverVariable}"],`,
    "  credentials: {",
    ...credentials.map((name) => `    ${name}: process.env["THINGSPACE_${name.toUpperCase()}"] ?? "",`),
    "  },",
    "});",
    "",
    ...parameters.map(({ name, value }) => `const ${name} = ${JSON.stringify(value)};`),
    ...(body ? [`const body = ${literal(body.value)} as const;`] : []),
    `const result = await thingspace.${api}.${operationId}(${args.join(", ")});`,
    "if (result.ok) console.log(result.data);",
    "else console.error(result.status, result.error);",
  ].join("\n");
}

const credentials = ["key", "secret", "username", "password"];

/** Returns a sample of this project's listener, with a handler for each message type of the examples. */
export function typescriptListener({ api, body, types, typePath, hasCredentials }: Message): string {
  // Do not print the whole message: it contains the password.
  const shown = typePath?.join(".") ?? listMembers(body.schema)[0]?.name;
  return [
    'import { createServer } from "node:http";',
    'import { createCallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";',
    "",
    "const listener = createCallbackListener({",
    `  api: "${api}",`,
    hasCredentials
      ? '  verify: { username: "listener", password: process.env["CALLBACK_PASSWORD"] ?? "" },'
      : '  verify: { pathSecret: process.env["CALLBACK_SECRET"] ?? "" },',
    "  on: {",
    ...[...types.map(({ type }) => type), "other"].map(
      (type) => `    ${type}: (message) => console.log(message.${shown}),`,
    ),
    "  },",
    "});",
    "createServer(toNodeHandler(listener)).listen(8080);",
  ].join("\n");
}

/** Returns a sample that uses fetch, because the client does not have the mock's control operations. */
export function typescriptFetch({ method, server, path, headers, body }: SampleRequest): string {
  return [
    `const response = await fetch("${server.url}${path}", {`,
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

const literal = (value: unknown, indent = "") =>
  JSON.stringify(value, null, 2)
    .replace(/^( *)"([A-Za-z_]\w*)":/gm, "$1$2:")
    .replaceAll("\n", `\n${indent}`);
