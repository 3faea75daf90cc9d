import { defineConfig } from "vitest/config";

// Files share one process and what they import, which takes longer than most tests: no test changes what is shared.
export default defineConfig({ test: { isolate: false, testTimeout: 30_000, hookTimeout: 30_000 } });
