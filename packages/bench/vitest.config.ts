import { defineConfig } from "vitest/config";

// The load generator is a process, and on two processors the tests of other packages run beside it.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000 } });
