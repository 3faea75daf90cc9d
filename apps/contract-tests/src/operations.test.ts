import catalogue from "@thingspace-callbacks/spec" with { type: "json" };
import type { Operation } from "@thingspace-callbacks/spec";
import { describe, expect, test } from "vitest";
import { useMock } from "./harness.ts";

const rows = Object.entries(catalogue)
  .filter(([, { servers }]) => servers.production)
  .flatMap(([api, { operations }]) =>
    operations.map((operation) => ({ api, operationId: operation.operationId, operation })),
  );

describe.each(["stateful", "prism"] as const)("the %s engine", (engine) => {
  const mock = useMock({ engine });

  describe.each(rows)("$api $operationId", ({ api, operationId, operation }) => {
    test("answers its documented example when asked to", async () => {
      const [name, value] = Object.entries(namedExamplesOf(operation, "200"))[0] ?? [];
      const options =
        engine === "prism" ? {} : { headers: { Prefer: name ? `example=${name}` : "code=200" } };
      const result = await mock.call(api, operationId, [...validArguments(operation), options]);
      expect(result).toMatchObject({ ok: true, status: 200 });
      expect(result.data).toEqual(value);
    });

    test("refuses a wrong field with 400 and names it", async () => {
      const { args, field } = invalidArguments(operation);
      const result = await mock.call(api, operationId, args);
      expect(result).toMatchObject({ ok: false, status: 400 });
      expect(JSON.stringify(result.error)).toContain(`"${field}: `);
    });

    test("refuses a call without tokens with a documented 401", async () => {
      // An empty header counts as none, and stops the client from sending its own.
      const headers = operation.security.map((scheme) => [
        scheme.sentAs === "header" ? scheme.header : "Authorization",
        "",
      ]);
      const options = { headers: Object.fromEntries(headers) };
      const result = await mock.call(api, operationId, [...validArguments(operation), options]);
      expect(result).toMatchObject({ ok: false, status: 401 });
      expect(examplesOf(operation, "401")).toContainEqual(result.error);
    });

    test.each(["400", "401"])("answers each documented example of %s when asked to", async (status) => {
      const examples = Object.entries(namedExamplesOf(operation, status));
      for (const [name, value] of examples) {
        const options = { headers: { Prefer: `code=${status}, example=${name}` } };
        const result = await mock.call(api, operationId, [...validArguments(operation), options]);
        expect(result).toMatchObject({ ok: false, status: Number(status), error: value });
      }
      expect(examples.length).toBeGreaterThan(0);
    });
  });
});

test("every generation and authentication are in the table", () => {
  expect(rows.map(({ api }) => api)).toEqual(expect.arrayContaining(["v1", "v2", "legacy", "auth"]));
});

function validArguments(operation: Operation): unknown[] {
  const parameters = operation.parameters.map(({ examples }) => Object.values(examples)[0]?.value);
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.examples;
  return body ? [...parameters, Object.values(body)[0]?.value] : parameters;
}

/** Breaks one field: the body's first required member, or the account; a call with neither is broken by its header. */
function invalidArguments(operation: Operation): { args: unknown[]; field: string } {
  const args = validArguments(operation);
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const member = schema?.required?.[0];
  if (member) {
    const body = { ...(args.at(-1) as object), [member]: 5 };
    return { args: [...args.slice(0, -1), body], field: member };
  }
  const [parameter] = operation.parameters;
  if (parameter) return { args: ["9".repeat(65), ...args.slice(1)], field: parameter.name };
  return { args: [...args, { headers: { Prefer: "code=999" } }], field: "Prefer" };
}

function namedExamplesOf(operation: Operation, status: string): Record<string, unknown> {
  const examples = operation.responses[status]?.content?.["application/json"]?.examples ?? {};
  return Object.fromEntries(Object.entries(examples).map(([name, { value }]) => [name, value]));
}

const examplesOf = (operation: Operation, status: string) =>
  Object.values(namedExamplesOf(operation, status));
