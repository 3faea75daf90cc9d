import { createMock } from "@thingspace-callbacks/mock";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kept } from "./counterexamples.ts";
import { countRuns } from "./runs.ts";
import { announceSeed, seed } from "./seed.ts";
import { run, sequences } from "./sequence.ts";

beforeAll(announceSeed);

test("For any sequence of calls, the mock responds as the model does", async () => {
  const mock = await createMock({ listCredentials: true });
  afterAll(mock.close);
  const numRuns = countRuns(300);
  let requests = 0;
  await fc.assert(
    fc.asyncProperty(sequences(), async (steps) => {
      await mock.reset();
      requests += await run(steps, mock.fetch);
    }),
    { seed, numRuns, examples: kept.map((steps) => [steps]) },
  );
  console.log(`${requests} requests`);
  expect(requests / numRuns).toBeGreaterThan(33);
});
