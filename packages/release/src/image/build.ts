import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { readAddress } from "../address.ts";
import { run } from "../command.ts";
import { readManifest, root } from "../workspace.ts";
import type { Builder } from "./builder.ts";

/** The name of the image on this machine. */
export const imageName = "localhost/thingspace-callbacks-mock:latest";

/**
 * Builds the image of the mock from `apps/mock/bundle` and `apps/mock/prism`.
 *
 * @param base the base image. @default "node:24-slim"
 */
export async function buildImage(builder: Builder, base = "node:24-slim"): Promise<void> {
  const folder = join(root, "apps/mock");
  const revision = await run("git", ["rev-parse", "HEAD"], { cwd: root }).catch(() => "unknown");
  const values = {
    BASE: base,
    VERSION: readManifest(folder).version,
    REVISION: revision.trim(),
    SOURCE: readAddress(),
  };
  const args = Object.entries(values).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]);
  const child = spawn(builder.name, [...builder.build, ...args, "--tag", imageName, folder], {
    env: { ...process.env, ...builder.env },
    stdio: "inherit",
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${builder.name} could not build the image.`);
  console.log(`${imageName}, built by ${builder.name} on ${base}`);
}
