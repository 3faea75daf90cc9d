import { findByRole, findResponse, generations } from "@thingspace-callbacks/contract";
import { describe, expect, test } from "vitest";
import { type Call, exampleCall, operations } from "./call.ts";
import { expectedOf } from "./expected.ts";
import { useMock, type Way } from "./harness.ts";
import { createModel } from "./model.ts";
import { provoke, registrationFor } from "./provoke.ts";
import { isThorough } from "./runs.ts";

const targets = [
  { engine: "stateful", way: "in process" },
  { engine: "stateful", way: "over HTTP" },
  { engine: "stateful", way: "behind Prism" },
  { engine: "stateful", way: "on two instances" },
  { engine: "prism", way: "in process" },
  { engine: "prism", way: "over HTTP" },
] as const satisfies { engine: string; way: Way }[];

/** Without `test:random`, the engine `prism` is called in one way: over HTTP it has the same parts as the other engine. */
const chosenTargets = targets.filter(
  ({ engine, way }) => isThorough || engine !== "prism" || way === "in process",
);

const life = ["list", "register", "list", "update", "list", "deregister", "list", "deregister"] as const;

describe.each(chosenTargets)("the client, against the $engine engine, $way", ({ engine, way }) => {
  const mock = useMock({ engine, listCredentials: true }, way);

  const make = (call: Call, headers = call.headers) => {
    const { api, operation, parameters, body } = call;
    const values = operation.parameters.map(({ name }) => parameters[name]);
    const args = [...values, ...(body === undefined ? [] : [body]), { headers }];
    return mock.call(api, operation.operationId, args);
  };

  describe.each(operations)("$api $operationId", ({ api, operation }) => {
    const statuses = Object.keys(operation.responses);
    const examplesOf = (status: string) =>
      Object.entries(findResponse(operation, status)?.body?.examples ?? {});

    test.each(statuses)("The client gets a documented %s", async (status) => {
      const { call, names } = provoke(status, api, operation);
      await mock.reset();
      const registration = registrationFor(call);
      if (registration) await make(registration, {});
      const { ok, status: actual, data, error } = await make(call);
      expect({ ok, status: actual }).toEqual({ ok: status === "200", status: Number(status) });
      if (names !== undefined) expect(JSON.stringify(error)).toContain(`"${names}: `);
      if (status === "401") expect(examplesOf(status).map(([, { value }]) => value)).toContainEqual(error);
      if (findResponse(operation, status)?.body) expect(data ?? error).toBeTypeOf("object");
    });

    test.each(statuses)("The client gets each documented example of %s on request", async (status) => {
      const { call } = provoke("200", api, operation);
      for (const [name, { value }] of examplesOf(status)) {
        const outcome = await make(call, { Prefer: `code=${status}, example=${name}` });
        const body = outcome.ok ? outcome.data : outcome.error;
        expect({ status: outcome.status, body }, name).toEqual({ status: Number(status), body: value });
      }
    });
  });

  test.each(engine === "stateful" ? generations : [])(
    "lives through a registration in $name",
    async (generation) => {
      await mock.reset();
      const { name: api, operations } = generation;
      const model = createModel();
      const made = new Set<string>();
      for (const role of life) {
        const operation = findByRole(generation, role);
        if (!operation) continue;
        made.add(operation.operationId);
        const call = exampleCall(api, operation);
        const { ok, status, data, error } = await make(call, {});
        expect({ status, body: ok ? data : error }, `${role} ${api}`).toEqual(expectedOf(call, model));
      }
      // An operation that is added must be given a place in this life.
      expect([...made].sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
    },
  );
});

test("The table has every generation and authentication", () => {
  expect(operations.map(({ api }) => api)).toEqual(expect.arrayContaining(["v1", "v2", "legacy", "auth"]));
});
