import { expect, test } from "vitest";
import { measureSizes } from "../bench/sizes.ts";

test.each([
  { bundle: "everything", budget: 8_000 },
  { bundle: "one operation, by createV2Client", budget: 7_000 },
] as const)(
  "A bundle of $bundle has at most $budget bytes, minified and gzipped",
  async ({ bundle, budget }) => {
    expect((await measureSizes())[bundle]).toBeLessThanOrEqual(budget);
  },
);
