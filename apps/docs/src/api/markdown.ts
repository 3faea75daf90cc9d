import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, OptionDefaults, type TypeDocOptions } from "typedoc";

/** The public API of a package in Markdown, from its doc comments. */
export async function apiMarkdown(name: string): Promise<string> {
  const folder = fileURLToPath(new URL(`../../../../packages/${name}/`, import.meta.url));
  const out = await mkdtemp(join(tmpdir(), "thingspace-api-"));
  const options = {
    entryPoints: [`${folder}src/index.ts`],
    tsconfig: `${folder}tsconfig.json`,
    plugin: [fileURLToPath(import.meta.resolve("typedoc-plugin-markdown"))],
    router: "module",
    entryFileName: "index",
    out,
    readme: "none",
    disableSources: true,
    hidePageHeader: true,
    hidePageTitle: true,
    hideBreadcrumbs: true,
    excludeInternal: true,
    parametersFormat: "table",
    propertiesFormat: "list",
    // openapi-typescript writes it.
    blockTags: [...OptionDefaults.blockTags, "@description"],
    logLevel: "Warn",
  };
  try {
    const app = await Application.bootstrapWithPlugins(options as TypeDocOptions);
    const project = await app.convert();
    if (!project) throw new Error(`TypeDoc cannot read ${folder}`);
    await app.generateOutputs(project);
    return await readFile(join(out, "index.md"), "utf8");
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
