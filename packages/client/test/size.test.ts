import { expect, test } from "vitest";
import { measureSizes } from "../bench/sizes.ts";

// In bytes, minified and gzipped.
test.each([
  ["everything", 8_000],
  ["one operation, by createV2Client", 7_000],
] as const)(
  "a bundle of %s has at most %i bytes",
  async (name, budget) => {
    expect((await measureSizes())[name]).toBeLessThanOrEqual(budget);
  },
  30_000,
);
