import { compileCache } from "@thingspace-callbacks/test-support/compile-cache";
import { timeLimits } from "@thingspace-callbacks/test-support/time-limits";
import { defineConfig } from "vitest/config";

// Files share one process and what they import, which saves half a second each: no test changes what is shared.
export default defineConfig({ test: { ...timeLimits, isolate: false, env: compileCache } });
