import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Api, apis } from "@thingspace-callbacks/contract";
import { stringify } from "yaml";
import { forms } from "../../src/reference/documents.ts";
import { languages } from "../../src/samples/samples.ts";
import { output } from "../output.ts";
import { run } from "../run.ts";
import { documentForRedoc } from "./document.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const generated = here("../../generated/");

const redocScript = "@redocly/cli/lib/chunks/redoc.standalone.js";

/** Height of the page's header in pixels. Redoc scrolls headings to a position below it. */
const headerHeight = 64;

/** Builds a page for each document, and the script that all pages share. */
export async function redocPages(): Promise<void> {
  await mkdir(generated, { recursive: true });
  const configurations: Record<string, object> = {};
  const codeSamples = { languages: [...languages, { lang: "payload", label: "Payload" }] };
  for (const api of apis) {
    const { name } = api;
    await writeFile(`${generated}${name}.json`, JSON.stringify(await documentForRedoc(api)));
    const downloadUrls = forms.map(({ form, title }) => ({ title, url: `../openapi/${name}.${form}` }));
    configurations[name] = {
      root: `${name}.json`,
      openapi: { scrollYOffset: headerHeight, downloadUrls, codeSamples },
    };
  }
  await writeFile(`${generated}redocly.yaml`, stringify({ telemetry: "off", apis: configurations }));
  await Promise.all(apis.map(page));

  const script = await readFile(fileURLToPath(import.meta.resolve(redocScript)), "utf8");
  await mkdir(output("_redoc"), { recursive: true });
  await writeFile(output("_redoc/redoc.js"), namedByContent(await atHome(script)));
}

/**
 * Removes the label "Example" from the menu of examples. With the label, a screen reader does not read the selected
 * example.
 */
function namedByContent(script: string): string {
  const label = '"aria-label":`Example`,options:';
  if (!script.includes(label))
    throw new Error(
      "Redoc no longer labels its menu of examples. Remove this function if it is not needed any more.",
    );
  return script.replace(label, "options:");
}

async function page({ name, summary }: Api): Promise<void> {
  const file = output(`${name}/index.html`);
  const options = [
    `--config=${generated}redocly.yaml`,
    `--template=${here("reference.hbs")}`,
    `--templateOptions.name=${name}`,
    `--templateOptions.description=${summary}`,
    `--output=${file}`,
  ];
  await run("redocly", ["build-docs", name, ...options]);
  await writeFile(file, await atHome(await readFile(file, "utf8")));
}

/** Replaces the script and the logo that Redoc would load from its own hosts by files of the site. */
async function atHome(text: string): Promise<string> {
  const credit = `data:image/svg+xml;base64,${await readFile(here("redocly.svg"), "base64")}`;
  return text
    .replace(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g, credit)
    .replace(
      /https:\/\/cdn\.redocly\.com\/redoc\/v[\d.]+\/bundles\/redoc\.standalone\.js/g,
      "../_redoc/redoc.js",
    )
    .replace(/ integrity="[^"]*" crossorigin="anonymous"/g, "");
}
