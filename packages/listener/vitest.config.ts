import { defineConfig } from "vitest/config";

// Some tests start a process, and on two processors the other packages' tests run beside them.
// Files share one process and what they import, which saves half a second each: no test changes what is shared.
export default defineConfig({
  test: { isolate: false, testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } },
});
