import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    silent: "passed-only",
    // Generators and a compiler, on a machine that may be slow and busy.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
