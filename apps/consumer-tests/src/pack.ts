import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packAll } from "@thingspace-callbacks/release";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of each package's tarball, by the package's name without the scope. */
    tarballs: Record<string, string>;
  }
}

/** Packs every package as a release does, once for all tests. */
export default async function setup(project: TestProject) {
  const destination = await mkdtemp(join(tmpdir(), "thingspace-callbacks-tarballs-"));
  const teardown = () => rm(destination, { recursive: true, force: true });
  try {
    project.provide("tarballs", await packAll(destination));
  } catch (cause) {
    await teardown();
    throw new Error(
      "The packages cannot be packed; are they built and is pnpm on the PATH, as in `pnpm test`?",
      {
        cause,
      },
    );
  }
  return teardown;
}
