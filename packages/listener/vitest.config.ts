import { defineConfig } from "vitest/config";

// Some tests start a process, and on two processors the other rooms' tests run beside them.
export default defineConfig({ test: { testTimeout: 30_000, expect: { poll: { timeout: 20_000 } } } });
