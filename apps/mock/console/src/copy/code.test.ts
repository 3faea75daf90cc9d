import { expect, test } from "vitest";
import { collectFacts } from "../../collect-facts.ts";
import { formatClientCode } from "./code.ts";
import { requestOf, requestOfEntry } from "./request.ts";

const { operations } = collectFacts();
const origin = "http://127.0.0.1:4010";
const headers = { "X-Mock-Space": "team-a" };

const find = (api: string, operationId: string) => {
  const found = operations.find((one) => one.api === api && one.operationId === operationId);
  if (!found) throw new Error(`There is no ${operationId}`);
  return found;
};

/** Runs copied code against a client that only notes the call. @returns the arguments of the call */
function readArguments(code: string, api: string, operationId: string): unknown[] {
  const [, call = ""] = /^const result = await (thingspace[\s\S]*?\));$/m.exec(code) ?? [];
  const thingspace = { [api]: { [operationId]: (...args: unknown[]) => args } };
  return new Function("thingspace", `return ${call}`)(thingspace);
}

test.each([
  { api: "v1", operationId: "registerCallback", body: { name: "Fota", url: "https://example.com" } },
  { api: "v3", operationId: "registerCallback", body: { url: "https://example.com" } },
  { api: "v1", operationId: "listRegisteredCallbacks", body: undefined },
])("Client code of $api $operationId is about the space of the console", ({ api, operationId, body }) => {
  const operation = find(api, operationId);
  const code = formatClientCode(requestOf(operation, { origin, headers, body }));
  expect(readArguments(code, api, operationId)).toEqual([
    ...Object.values(operation.exampleParameters),
    ...(body === undefined ? [] : [body]),
    { headers },
  ]);
});

test("Client code in the default space has no headers, because the client adds those of the operation", () => {
  const operation = find("v1", "listRegisteredCallbacks");
  const code = formatClientCode(requestOf(operation, { origin }));
  expect(readArguments(code, "v1", "listRegisteredCallbacks")).toEqual(
    Object.values(operation.exampleParameters),
  );
});

test("Client code of a request without its body keeps the place of the body", () => {
  const entry = {
    id: 1,
    durationMs: 1,
    at: "2026-11-20T12:00:00.000Z",
    direction: "in" as const,
    method: "POST",
    url: "/api/fota/v1/callbacks/0242078689-00001",
    headers: {},
    api: "v1" as const,
    operationId: "registerCallback",
  };
  const code = formatClientCode(requestOfEntry(entry, { origin, headers, operations }));
  expect(readArguments(code, "v1", "registerCallback")).toEqual(["0242078689-00001", undefined, { headers }]);
});
