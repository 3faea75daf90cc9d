import { defineConfig } from "vitest/config";

// One seed for all files of a run.
const seed = process.env["CONTRACT_SEED"] || String(Math.floor(Math.random() * 2 ** 31));

// Processes are started and ports opened: a busy machine may take its time.
export default defineConfig({
  test: { testTimeout: 60_000, hookTimeout: 60_000, env: { CONTRACT_SEED: seed } },
});
