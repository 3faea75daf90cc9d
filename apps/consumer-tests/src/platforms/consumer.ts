import { cp, mkdir, symlink } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Consumer, createConsumer } from "../consumer.ts";

const examples = fileURLToPath(new URL("../../../../packages/listener/examples/", import.meta.url));

/** Creates a project with the packed listener, its examples, and packages of this workspace that these use. */
export async function createPlatformConsumer(packages: string[]): Promise<Consumer> {
  const consumer = await createConsumer("listener");
  await cp(examples, join(consumer.folder, "examples"), { recursive: true });
  for (const name of packages) {
    const manifest = findPackageJSON(name, import.meta.url);
    if (manifest === undefined) throw new Error(`${name} is not installed.`);
    const link = join(consumer.folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    // A link, because the packages find their own dependencies beside the place that it leads to.
    await symlink(dirname(manifest), link, "dir");
  }
  return consumer;
}
