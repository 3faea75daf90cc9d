import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Application, type DeclarationReflection, OptionDefaults, type TypeDocOptions } from "typedoc";

const folder = fileURLToPath(new URL("../../../../packages/", import.meta.url));

/** An entry point of a package. */
export interface Entry {
  /** Path of the entry point: `listener`, or `listener/testing`. */
  path: string;
  /** Name to import from: `@thingspace-callbacks/listener/testing`. */
  module: string;
  /** What the entry point exports, in the order of its sources. */
  exports: DeclarationReflection[];
  reflection: DeclarationReflection;
}

/** Reads the exports of both packages with their doc comments, in one program. */
export async function readEntries(): Promise<Entry[]> {
  const found = (await Promise.all(["client", "listener"].map(findEntries))).flat();
  const app = await Application.bootstrap({
    ...options,
    entryPoints: found.map(({ source }) => folder + source),
  } as Partial<TypeDocOptions>);
  const project = await app.convert();
  if (!project) throw new Error("TypeDoc cannot read the packages");
  return found.map(({ path, module, source }) => {
    // TypeDoc calls an index by its folder.
    const name = source.replace(/(\/index)?\.ts$/, "");
    const reflection = project.children?.find((child) => child.name === name);
    if (!reflection?.children) throw new Error(`TypeDoc does not find ${module}`);
    return { path, module, reflection, exports: reflection.children };
  });
}

async function findEntries(name: string) {
  const manifest = JSON.parse(await readFile(`${folder}${name}/package.json`, "utf8")) as Manifest;
  return Object.entries(manifest.exports).flatMap(([entry, target]) => {
    if (typeof target === "string") return [];
    const source = target.types.replace(/^\.\/dist\//, `${name}/src/`).replace(/\.d\.ts$/, ".ts");
    const below = entry.replace(/^\./, "");
    return [{ path: name + below, module: manifest.name + below, source }];
  });
}

interface Manifest {
  name: string;
  exports: Record<string, { types: string } | string>;
}

const options = {
  tsconfig: fileURLToPath(new URL("../../tsconfig.api.json", import.meta.url)),
  basePath: folder,
  readme: "none",
  disableSources: true,
  excludeInternal: true,
  // The packages have their own type check.
  skipErrorChecking: true,
  // The members that the error classes inherit from Error.
  externalPattern: ["**/typescript/lib/**", "**/@types/node/**"],
  excludeExternals: true,
  sort: ["source-order"],
  // openapi-typescript writes this tag.
  blockTags: [...OptionDefaults.blockTags, "@description"],
  logLevel: "Warn",
};
