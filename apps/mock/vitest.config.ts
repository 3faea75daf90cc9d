import { compileCache } from "@thingspace-callbacks/test-support/compile-cache";
import { timeLimits } from "@thingspace-callbacks/test-support/time-limits";
import { defineConfig } from "vitest/config";

// Files share one process and what they import, which saves half a second each: no test changes what is shared.
export default defineConfig({
  test: {
    isolate: false,
    // These tests are the last to end: nothing else needs the processor that is left free by default.
    maxWorkers: "100%",
    ...timeLimits,
    env: compileCache,
  },
});
