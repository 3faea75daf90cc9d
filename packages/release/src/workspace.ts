import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The root folder of the workspace. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The members of a manifest that a release reads or sets. */
export interface Manifest {
  name: string;
  version: string;
  description?: string;
  private?: boolean;
  keywords?: string[];
  homepage?: string;
  bugs?: { url: string };
  repository?: { type: string; url: string; directory: string };
  engines?: { node: string };
  files?: string[];
  exports?: Record<string, unknown>;
  dependencies?: Record<string, string>;
  publishConfig?: { access?: string; directory?: string };
}

/** A package that is published. */
export interface Published {
  /** The last part of its name, such as `client`. */
  name: string;
  /** Its folder. */
  folder: string;
  /** Its folder below the root, with slashes, such as `packages/client`. */
  path: string;
  manifest: Manifest;
}

/** Returns the packages that are published: those of `packages/` and `apps/` that are not private. */
export function listPublished(workspace = root): Published[] {
  return ["packages", "apps"]
    .flatMap((parent) => readdirSync(join(workspace, parent)).map((name) => join(workspace, parent, name)))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => !manifest.private)
    .map(({ folder, manifest }) => ({
      name: manifest.name.replace(/^@[^/]+\//, ""),
      folder,
      path: relative(workspace, folder).replaceAll("\\", "/"),
      manifest,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Reads the manifest in a folder. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
