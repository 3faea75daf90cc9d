import { defineConfig } from "vitest/config";
import { timeLimits } from "./src/time-limits.ts";

export default defineConfig({ test: timeLimits });
