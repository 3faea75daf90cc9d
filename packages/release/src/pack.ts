import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pack, unpack } from "@publint/pack";
import { readAddress } from "./address.ts";
import { toAbsoluteLinks } from "./links.ts";
import { listPublished, type Published, root } from "./workspace.ts";

/**
 * Packs every published package as a registry gets it.
 *
 * @param destination the folder for the tarballs; it is made.
 * @returns the path of each tarball, by the package's name without the scope.
 */
export async function packAll(destination: string): Promise<Record<string, string>> {
  await mkdir(destination, { recursive: true });
  const tarballs: Record<string, string> = {};
  for (const published of listPublished()) tarballs[published.name] = await packOne(published, destination);
  return tarballs;
}

/** Packs one package: pnpm resolves the versions, then the README gets absolute links and the license is added. */
async function packOne({ folder, path, manifest }: Published, destination: string): Promise<string> {
  const stage = await mkdtemp(join(tmpdir(), "thingspace-callbacks-pack-"));
  try {
    const source = join(folder, manifest.publishConfig?.directory ?? "");
    const tarball = await pack(source, { packageManager: "pnpm", destination: stage, ignoreScripts: true });
    const { files, rootDir } = await unpack(new Uint8Array(await readFile(tarball)));
    const unpacked = join(stage, "package");
    for (const { name, data } of files) {
      const file = join(unpacked, name.slice(rootDir.length + 1));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, data);
    }
    await cp(join(root, "LICENSE"), join(unpacked, "LICENSE"));
    const readme = join(unpacked, "README.md");
    const place = { folder: path, address: readAddress() };
    await writeFile(readme, toAbsoluteLinks(await readFile(readme, "utf8"), place));
    return await pack(unpacked, { packageManager: "pnpm", destination, ignoreScripts: true });
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
