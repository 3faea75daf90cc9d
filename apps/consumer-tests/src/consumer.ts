import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { consumerFolder, packageFolder } from "./packages.ts";
import { openTarball } from "./tarball.ts";

export interface Consumer {
  /** Folder of the project, outside the workspace, so that no package of the workspace can be found by accident. */
  folder: string;
  /** Names of the packages that it can import. */
  installed: string[];
  remove: () => Promise<void>;
}

/**
 * Makes the project of somebody who uses a package: `consumers/<name>/`, with the packed tarball installed.
 *
 * The declared dependencies of the package come from the workspace, so that nothing is downloaded.
 * `tools` are packages of this workspace that the consumer has besides.
 */
export async function createConsumer(name: string, tools: string[] = []): Promise<Consumer> {
  const folder = await mkdtemp(join(await outside(), `thingspace-callbacks-${name}-consumer-`));
  const modules = join(folder, "node_modules");
  const { manifest, files } = await openTarball(name);
  await cp(consumerFolder(name), folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));

  for (const [path, data] of files) {
    const target = join(modules, manifest.name, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, data);
  }

  const installed = new Set([manifest.name]);
  const install = async (dependency: string, dependent: string) => {
    if (installed.has(dependency)) return;
    installed.add(dependency);
    const found = findPackageJSON(dependency, pathToFileURL(dependent));
    if (found === undefined) throw new Error(`${dependency}, which ${dependent} needs, is not installed.`);
    const source = await realpath(found);
    await cp(dirname(source), join(modules, dependency), { recursive: true });
    await installAll(JSON.parse(await readFile(source, "utf8")).dependencies, source);
  };
  const installAll = async (dependencies: Record<string, string> = {}, dependent: string) => {
    for (const dependency of Object.keys(dependencies)) await install(dependency, dependent);
  };
  await installAll(manifest.dependencies, join(packageFolder(name), "package.json"));
  for (const tool of tools) await install(tool, import.meta.filename);

  return {
    folder,
    installed: [...installed].sort(),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The folder for temporary files, from which no package can be found. */
async function outside() {
  const folder = await realpath(tmpdir());
  for (let parent = folder; ; parent = dirname(parent)) {
    if (existsSync(join(parent, "node_modules"))) {
      throw new Error(
        `A consumer would also find what is in ${parent}/node_modules; set TMPDIR to another folder.`,
      );
    }
    if (parent === dirname(parent)) return folder;
  }
}
