import { type CopiedRequest, encodeCopiedBody } from "./request.ts";

const toCode = (value: unknown, indent = "") =>
  (JSON.stringify(value, null, 2) ?? "undefined").replaceAll("\n", `\n${indent}`);

const anyTokens = '{ accessToken: "any", sessionToken: "any" }';
/** The client requests the tokens by itself; then it needs what they are requested with. */
const anyCredentials = '{ key: "any", secret: "any", username: "any", password: "any" }';

/**
 * Formats a request as TypeScript: with the client, if it is a call of ThingSpace, otherwise with `fetch`.
 */
export function formatClientCode(request: CopiedRequest): string {
  const { operation, parameters = [], body, headers } = request;
  if (!operation || operation.api === "control") return formatFetch("fetch", request);
  // The client adds the tokens and the media type by itself, but not the header that chooses the space.
  const added = Object.entries(headers).filter(([name]) => !(name in operation.headers));
  const values = [
    ...parameters,
    ...(operation.body || body !== undefined ? [body] : []),
    ...(added.length > 0 ? [{ headers: Object.fromEntries(added) }] : []),
  ].map((value) => toCode(value));
  const { origin } = new URL(request.url);
  return [
    'import { createThingSpaceClient } from "@thingspace-callbacks/client";',
    "",
    "const thingspace = createThingSpaceClient({",
    '  environment: "mock",',
    `  origin: ${toCode(origin)},`,
    `  credentials: ${operation.api === "auth" ? anyCredentials : anyTokens},`,
    "});",
    `const result = await thingspace.${operation.api}.${operation.operationId}(${values.join(", ")});`,
    "console.log(result.status, result.ok ? result.data : result.error);",
  ].join("\n");
}

/** Formats a request as a test for Vitest: of the mock, or for a message of the listener that receives it. */
export function formatTest(request: CopiedRequest): string {
  const { status = 200, isMessage, operation } = request;
  const expected = `  expect(response.status).toBe(${status});`;
  const lines = (send: string) =>
    formatFetch(send, request)
      .split("\n")
      .map((line) => `  ${line}`);
  if (isMessage) {
    return [
      'import { expect, test } from "vitest";',
      "",
      `test("The listener responds with ${status}", async () => {`,
      ...lines("fetch"),
      expected,
      "});",
    ].join("\n");
  }
  return [
    'import { createMock } from "@thingspace-callbacks/mock";',
    'import { expect, test } from "vitest";',
    "",
    `test(${toCode(`${operation?.operationId ?? request.method} responds with ${status}`)}, async () => {`,
    "  const mock = await createMock();",
    ...lines("mock.fetch"),
    expected,
    "  await mock.close();",
    "});",
  ].join("\n");
}

function formatFetch(send: string, request: CopiedRequest): string {
  const body = encodeCopiedBody(request);
  const isJson = request.body !== undefined && body === JSON.stringify(request.body);
  const options = [
    `  method: ${toCode(request.method)},`,
    ...(Object.keys(request.headers).length > 0 ? [`  headers: ${toCode(request.headers, "  ")},`] : []),
    ...(body === undefined
      ? []
      : [`  body: ${isJson ? `JSON.stringify(${toCode(request.body, "  ")})` : toCode(body)},`]),
  ];
  return [`const response = await ${send}(${toCode(request.url)}, {`, ...options, "});"].join("\n");
}
