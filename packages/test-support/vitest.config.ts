import { defineConfig } from "vitest/config";

// A quadratic function is measured three times before it fails, perhaps beside the tests of other packages.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
