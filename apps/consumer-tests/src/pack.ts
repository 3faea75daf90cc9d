import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pack } from "@publint/pack";
import type { TestProject } from "vitest/node";
import { packageFolder, packages } from "./packages.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of each package's tarball, by the package's folder name. */
    tarballs: Record<string, string>;
  }
}

/** Packs every package as `pnpm publish` would, once for all tests. */
export default async function setup(project: TestProject) {
  const destination = await mkdtemp(join(tmpdir(), "thingspace-callbacks-tarballs-"));
  const teardown = () => rm(destination, { recursive: true, force: true });
  const tarballs: Record<string, string> = {};
  for (const name of packages) {
    try {
      tarballs[name] = await pack(packageFolder(name), { packageManager: "pnpm", destination });
    } catch (cause) {
      await teardown();
      throw new Error(`packages/${name} cannot be packed; is pnpm on the PATH, as in "npx pnpm@12 test"?`, {
        cause,
      });
    }
  }
  project.provide("tarballs", tarballs);
  return teardown;
}
