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

export async function entries(link: (path: string) => string): Promise<Entry[]> {
  return (await Promise.all(packages.map((name) => entriesOf(name, link)))).flat();
}

interface Manifest {
  name: string;
  exports: Record<string, { types: string } | string>;
}

async function entriesOf(name: string, link: (path: string) => string): Promise<Entry[]> {
  const folder = fileURLToPath(new URL(`../../../../packages/${name}/`, import.meta.url));
  const manifest = JSON.parse(await readFile(`${folder}package.json`, "utf8")) as Manifest;
  const modules = Object.entries(manifest.exports).flatMap(([entry, target]) => {
    if (typeof target === "string") return [];
    const file = target.types.replace(/^\.\/dist\//, "").replace(/\.d\.ts$/, "");
    return [{ below: entry.replace(/^\./, ""), file }];
  });
  const pathOf = (file: string) => name + (modules.find((module) => module.file === file)?.below ?? "");
  const out = await mkdtemp(join(tmpdir(), "thingspace-api-"));
  const readBody = async (file: string) => {
    const text = await readFile(join(out, `${file}.md`), "utf8");
    const toPage = (other: string) => link(`api/${pathOf(other)}/`);
    return mainFirst(withoutDocuments(linkPages(text, toPage)));
  };
  try {
    const sources = modules.map(({ file }) => `${folder}src/${file}.ts`);
    await writeMarkdown(folder, sources, out);
    const toEntry = async ({ below, file }: (typeof modules)[number]) => ({
      path: name + below,
      module: manifest.name + below,
      body: await readBody(file),
    });
    return await Promise.all(modules.map(toEntry));
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** Makes links to the files of other entries, such as `inbox.md#lease`, lead to their pages. */
const linkPages = (text: string, toPage: (file: string) => string) =>
  text.replace(/\]\(([\w-]+)\.md(#|\))/g, (_, file, end) => `](${toPage(file)}${end}`);

/** Writes a file for each entry point, with links between them. One program for all of them takes a quarter of the time. */
async function writeMarkdown(folder: string, entryPoints: string[], out: string): Promise<void> {
  const app = await Application.bootstrapWithPlugins({
    ...options,
    entryPoints,
    tsconfig: `${folder}tsconfig.json`,
    out,
  } as TypeDocOptions);
  const project = await app.convert();
  if (!project) throw new Error(`TypeDoc cannot read the entry points of ${folder}`);
  await app.generateOutputs(project);
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

/** Options of TypeDoc and of its plugin, which TypeDoc's type does not have. */
const options = {
  plugin: [fileURLToPath(import.meta.resolve("typedoc-plugin-markdown"))],
  router: "module",
  // "index" is the name of an entry.
  entryFileName: "contents",
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
