import { readdirSync, readFileSync } from "node:fs";
import { type Body, getOperation, getSuccess } from "@thingspace-callbacks/contract";
import { describe, expect, test } from "vitest";
import { useMock } from "./harness.ts";

/** A call and its response as a page of the vendor's SDK documentation prints them: evidence, not derived from spec/. */
interface SeedCall {
  operation: string;
  operationId: string;
  parameters: string[];
  body?: unknown;
  response: unknown;
}

interface Seed {
  page: string;
  api: string;
  calls: SeedCall[];
}

const folder = new URL("../seeds/", import.meta.url);
const seeds = readdirSync(folder)
  .sort()
  .map((file): Seed => JSON.parse(readFileSync(new URL(file, folder), "utf8")));

const mocks = [useMock({ engine: "prism" }, "in process"), useMock({ engine: "prism" }, "over HTTP")];

test("the five pages list 17 operations", () => {
  expect(seeds.map(({ calls }) => calls.length)).toEqual([4, 4, 3, 3, 3]);
});

describe.each(seeds)("$page", ({ api, calls }) => {
  test.each(calls)("$operation: the document has the page's examples, to the letter", (call) => {
    const operation = getOperation(api, call.operationId);
    const [parameter] = operation.parameters;
    expect(operation.summary.toLowerCase()).toBe(call.operation.toLowerCase());
    expect(Object.values(parameter?.examples ?? {}).map(({ value }) => value)).toContain(call.parameters[0]);
    expect(letters(getSuccess(operation).response.body)).toContain(JSON.stringify(call.response));
    if (call.body) expect(letters(operation.body)).toContain(JSON.stringify(call.body));
  });

  test.each(calls)(
    "$operation: the page's call through the client gets the page's response",
    async (call) => {
      const args = call.body ? [...call.parameters, call.body] : call.parameters;
      for (const mock of mocks) {
        const result = await mock.call(api, call.operationId, args);
        expect(result).toMatchObject({ ok: true, status: 200 });
        expect(JSON.stringify(result.data)).toBe(JSON.stringify(call.response));
      }
    },
  );
});

/** The named examples of a body as JSON text, so that the order of members counts too. */
const letters = (body: Body | undefined) =>
  Object.values(body?.examples ?? {}).map(({ value }) => JSON.stringify(value));
