import { defineConfig } from "vitest/config";

// Some tests start a process, and on two processors the other packages' tests run beside them.
export default defineConfig({ test: { testTimeout: 60_000 } });
