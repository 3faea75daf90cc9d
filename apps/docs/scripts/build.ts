// Builds dist: one self-contained Redoc page per document, and the landing page.
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import catalogue from "@thingspace-callbacks/spec" with { type: "json" };
import { landingPage } from "./landing.ts";

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

await rm(here("dist"), { recursive: true, force: true });
await mkdir(here("dist"), { recursive: true });
await cp(here("public"), here("dist"), { recursive: true });
await writeFile(here("dist/index.html"), landingPage(catalogue));
for (const [api, { title }] of Object.entries(catalogue)) {
  await referencePage(api);
  console.log(`dist/${api}/index.html  ${title}`);
}

async function referencePage(api: string): Promise<void> {
  const page = here(`dist/${api}/index.html`);
  await promisify(execFile)(
    "redocly",
    [
      "build-docs",
      fileURLToPath(import.meta.resolve(`@thingspace-callbacks/spec/dist/${api}.yaml`)),
      `--output=${page}`,
      "--inlineBundle",
      `--template=${here("scripts/reference.hbs")}`,
    ],
    { env: { ...process.env, REDOCLY_TELEMETRY: "off" }, shell: process.platform === "win32" },
  );
  // Redoc credits itself with a picture from its own host, the only request that would leave the origin.
  const html = await readFile(page, "utf8");
  const credit = await readFile(here("scripts/redocly.svg"), "base64");
  await writeFile(
    page,
    html.replace(
      /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g,
      `data:image/svg+xml;base64,${credit}`,
    ),
  );
}
