import { defineConfig } from "vitest/config";

// A growth test measures again when something disturbs it, and on two processors the other packages' tests run beside it.
export default defineConfig({ test: { testTimeout: 60_000 } });
