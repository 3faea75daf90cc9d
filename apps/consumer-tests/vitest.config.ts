import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "src/pack.ts",
    include: ["src/**/*.test.ts"],
    // One thing at a time: the other rooms' tests run beside these, and a compiler takes a processor for itself.
    fileParallelism: false,
    // Compilers, browsers and foreign runtimes, on a machine that may be slow and busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
