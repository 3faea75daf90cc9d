import { defineConfig } from "vitest/config";

// Processes are started and ports opened: a busy machine may take its time.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
