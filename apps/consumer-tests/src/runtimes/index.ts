import { nodes } from "../binaries.ts";
import { bunRuntime, denoRuntime } from "./bun-deno.ts";
import { chromium } from "./chromium.ts";
import { node } from "./node.ts";
import type { Runtime } from "./runtime.ts";
import { workerd } from "./workerd.ts";

/** The runtimes in which every consumer's program runs. */
export const runtimes: Record<string, Runtime> = {
  "Node 20, import": node(nodes["Node 20"], "import.driver.js"),
  "Node 24, import": node(nodes["Node 24"], "import.driver.js"),
  "Node 24, require": node(nodes["Node 24"], "require.driver.cjs"),
  Bun: bunRuntime,
  Deno: denoRuntime,
  Chromium: chromium,
  workerd,
};
