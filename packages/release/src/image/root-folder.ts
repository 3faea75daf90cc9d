import { appendFile, chown, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../command.ts";
import type { Builder } from "./builder.ts";

/** The configuration of the image. */
export interface ImageConfig {
  Env: string[];
  Entrypoint: string[];
  User: string;
  WorkingDir: string;
  Labels: Record<string, string>;
  Healthcheck?: { Test: string[] };
}

/** The files of an image, mounted read-only, with `/data` on a folder of its own. */
export interface RootFolder {
  folder: string;
  config: ImageConfig;
  /** Bytes that the image adds to its base. */
  added: number;
  remove(): Promise<void>;
}

/**
 * Mounts an image for `chroot`. Needs root and buildah.
 *
 * @param hosts lines for `/etc/hosts`, as container engines write them.
 */
export async function mountImage(
  builder: Builder,
  { image, base, hosts }: { image: string; base: string; hosts: string[] },
): Promise<RootFolder> {
  const work = await mkdtemp(join(tmpdir(), "thingspace-callbacks-image-"));
  const buildah = async (...args: string[]) =>
    (await run("buildah", args, { cwd: work, env: builder.env })).trim();
  const undo: (() => Promise<unknown>)[] = [() => rm(work, { recursive: true, force: true })];
  const remove = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const sizeOf = async (name: string) => {
      const container = await buildah("from", "--pull-never", name);
      undo.push(() => buildah("rm", container));
      const mounted = await buildah("mount", container);
      const [bytes = ""] = (await run("du", ["-sb", mounted], { cwd: work })).split("\t");
      return { mounted, bytes: Number(bytes) };
    };
    const ofBase = await sizeOf(base);
    const { mounted, bytes } = await sizeOf(image);
    const data = join(work, "data");
    const folder = join(work, "root");
    await mkdir(data);
    await chown(data, 1000, 1000);
    await mkdir(folder);
    await appendFile(join(mounted, "etc/hosts"), `\n${hosts.join("\n")}\n`);
    await run("mount", ["--bind", mounted, folder], { cwd: work });
    undo.push(() => run("umount", ["--recursive", folder], { cwd: "/" }));
    await run("mount", ["-o", "remount,ro,bind", folder], { cwd: work });
    await run("mount", ["--bind", data, join(folder, "data")], { cwd: work });
    const inspected = JSON.parse(await buildah("inspect", "--type", "image", image));
    const config = inspected.Docker.config as ImageConfig;
    return { folder, config, added: bytes - ofBase.bytes, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
