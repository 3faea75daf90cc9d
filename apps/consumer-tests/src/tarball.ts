import { readFile } from "node:fs/promises";
import { unpack } from "@publint/pack";
import { inject } from "vitest";

/** The members of a published `package.json` that the tests read. */
export interface Manifest {
  name: string;
  exports: Record<string, string | Record<string, string>>;
  engines: { node: string };
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional: boolean }>;
  bin?: Record<string, string>;
}

export interface Tarball {
  /** The tarball itself. */
  bytes: Uint8Array<ArrayBuffer>;
  manifest: Manifest;
  /** Contents by path, such as `dist/index.js`. */
  files: Map<string, Uint8Array>;
}

/** The packed tarball of a package, opened. */
export async function openTarball(name: string): Promise<Tarball> {
  const path = inject("tarballs")[name];
  if (path === undefined) throw new Error(`No tarball of ${name}: there is no folder consumers/${name}.`);
  const bytes = new Uint8Array(await readFile(path));
  const { files: entries, rootDir } = await unpack(bytes);
  const files = new Map(entries.map((entry) => [entry.name.slice(rootDir.length + 1), entry.data]));
  return { bytes, manifest: JSON.parse(text(files.get("package.json"))), files };
}

export const text = (data: Uint8Array | undefined) => new TextDecoder().decode(data);
