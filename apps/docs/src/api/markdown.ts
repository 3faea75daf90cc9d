import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, OptionDefaults, type TypeDocOptions } from "typedoc";

/** The packages whose public API has pages. */
const packages = ["client", "listener"];

/** An entry point of a package: `@thingspace-callbacks/listener`, or `@thingspace-callbacks/listener/testing`. */
export interface Entry {
  /** Path of the page: `listener`, or `listener/testing`. */
  path: string;
  /** Module name to import from. */
  module: string;
  /** Public API in Markdown, from the doc comments. */
  body: string;
}

export async function entries(): Promise<Entry[]> {
  const all: Entry[] = [];
  for (const name of packages) {
    const folder = fileURLToPath(new URL(`../../../../packages/${name}/`, import.meta.url));
    const manifest = JSON.parse(await readFile(`${folder}package.json`, "utf8")) as Manifest;
    for (const [entry, target] of Object.entries(manifest.exports)) {
      if (typeof target === "string") continue;
      const source = target.types.replace(/^\.\/dist\//, "src/").replace(/\.d\.ts$/, ".ts");
      const below = entry.replace(/^\./, "");
      all.push({
        path: name + below,
        module: manifest.name + below,
        body: await entryMarkdown(folder, source),
      });
    }
  }
  return all;
}

interface Manifest {
  name: string;
  exports: Record<string, { types: string } | string>;
}

async function entryMarkdown(folder: string, source: string): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), "thingspace-api-"));
  try {
    const app = await Application.bootstrapWithPlugins({
      ...options,
      ...files(folder, source, out),
    } as TypeDocOptions);
    const project = await app.convert();
    if (!project) throw new Error(`TypeDoc cannot read ${folder}${source}`);
    await app.generateOutputs(project);
    return mainFirst(withoutDocuments(await readFile(join(out, "index.md"), "utf8")));
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** Removes the long types of operations from `Result`; the reference describes them. */
const withoutDocuments = (text: string) =>
  text.replace(/(Result(?:`\]\(#result\))?)\\?<\\?\{\s+`?parameters`?: .*?\\?\}\\?>/gs, "$1");

/** Moves the function that most readers need to the top of the functions, which TypeDoc sorts by name. */
function mainFirst(text: string): string {
  const main = /^### create(?:ThingSpaceClient|CallbackListener)\(\)$.*?(?=^\*\*\*$|^## )/ms.exec(text)?.[0];
  if (!main) return text;
  return text.replace(main, "").replace(/^## Functions\n/m, () => `## Functions\n\n${main}\n***\n`);
}

const files = (folder: string, source: string, out: string) => ({
  entryPoints: [folder + source],
  tsconfig: `${folder}tsconfig.json`,
  out,
});

/** Options of TypeDoc and of its plugin, which TypeDoc's type does not have. */
const options = {
  plugin: [fileURLToPath(import.meta.resolve("typedoc-plugin-markdown"))],
  router: "module",
  entryFileName: "index",
  readme: "none",
  disableSources: true,
  excludeInternal: true,
  // The packages have their own type check; a second one for each entry would double the time of the build.
  skipErrorChecking: true,
  // The members that the error classes inherit from Error.
  externalPattern: ["**/typescript/lib/**", "**/@types/node/**"],
  excludeExternals: true,
  hidePageHeader: true,
  hidePageTitle: true,
  hideBreadcrumbs: true,
  groupOrder: ["Functions", "Classes", "Interfaces", "Type Aliases", "Variables"],
  useCodeBlocks: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  tableColumnSettings: { hideInherited: true, hideModifiers: true, hideOverrides: true },
  maxTypeConversionDepth: 3,
  // openapi-typescript writes this tag.
  blockTags: [...OptionDefaults.blockTags, "@description"],
  logLevel: "Warn",
};
