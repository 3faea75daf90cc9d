import { fileURLToPath } from "node:url";
import { test } from "vitest";
import { deno } from "./binaries.ts";
import { run } from "./command.ts";
import { packages } from "./packages.ts";

test.each(packages)(
  "The sources of %s are what JSR wants, with explicit types for everything public",
  async (name) => {
    const cwd = fileURLToPath(new URL(`../../../packages/${name}/`, import.meta.url));
    await run(deno, ["publish", "--dry-run", "--allow-dirty", "--no-check", "--quiet"], { cwd });
  },
);
