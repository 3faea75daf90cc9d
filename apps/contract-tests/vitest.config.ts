import { compileCache } from "@thingspace-callbacks/test-support/compile-cache";
import { timeLimits } from "@thingspace-callbacks/test-support/time-limits";
import { defineConfig } from "vitest/config";

// One seed for all files of a run.
const seed = process.env["CONTRACT_SEED"] || String(Math.floor(Math.random() * 2 ** 31));

// Files share one process and what they import, which saves a second each: no test changes what is shared.
export default defineConfig({
  test: {
    isolate: false,
    // These tests are the last to end: nothing else needs the processor that is left free by default.
    maxWorkers: "100%",
    ...timeLimits,
    env: { CONTRACT_SEED: seed, ...compileCache },
  },
});
