import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inputOf } from "./arbitrary.ts";
import { breaksOf } from "./breaks.ts";
import { exampleCall, operations } from "./call.ts";
import { disagreements } from "./disagreements.ts";
import { countRuns } from "./runs.ts";
import { announceSeed, seed } from "./seed.ts";
import { createEngines } from "./verdict.ts";

let engines: Awaited<ReturnType<typeof createEngines>>;
beforeAll(async () => {
  announceSeed();
  engines = await createEngines();
});
afterAll(() => engines.close());

describe.each(operations)("$api $operationId", ({ api, operation }) => {
  const example = exampleCall(api, operation);
  const breaks = breaksOf(operation);

  test("Every engine refuses the example with each possible violation", async () => {
    expect(new Set(breaks.map(({ how }) => how)).size).toBe(breaks.length);
    for (const { how, apply } of breaks) await engines.expectVerdict(apply(example), "refuses", how);
  });

  test("Every engine accepts what the document accepts", () =>
    fc.assert(
      fc.asyncProperty(inputOf(operation), (input) =>
        engines.expectVerdict({ ...example, ...input }, "takes", "nothing wrong"),
      ),
      { seed, numRuns: countRuns(100) },
    ));

  test("Every engine refuses a generated call with one violation", () =>
    fc.assert(
      fc.asyncProperty(
        inputOf(operation),
        fc.constantFrom(...breaks.map(({ how }) => how)),
        async (input, broken) => {
          const call = breaks.find(({ how }) => how === broken)?.apply({ ...example, ...input });
          if (call) await engines.expectVerdict(call, "refuses", broken);
        },
      ),
      { seed, numRuns: countRuns(100) },
    ));
});

describe("disagreements", () => {
  test.each(disagreements)(
    "Prism and the mock disagree about $what",
    async ({ mock, prism, concerns, apply }) => {
      const concerned = operations.filter(({ operation }) => concerns(operation));
      expect(concerned.length).toBeGreaterThan(0);
      for (const { api, operation } of concerned) {
        const verdicts = await engines.verdictsOf(apply(exampleCall(api, operation)));
        expect(verdicts, operation.operationId).toEqual({ stateful: mock, examples: mock, prism });
      }
    },
  );
});
