// Makes src/generated from the bundled documents: apis.ts, which has what they say, and types/<api>.ts, the types of
// openapi-typescript. This is the only file that imports openapi-typescript.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { readDocument, resolveDocument } from "../read/document.ts";
import type { RawDocument } from "../read/raw.ts";
import { readSecrets } from "../read/secrets.ts";
import { readTokenFacts } from "../read/token-facts.ts";
import { documentNames } from "./spec.ts";

const generated = fileURLToPath(new URL("../src/generated/", import.meta.url));
const documents = fileURLToPath(new URL("../dist/documents/", import.meta.url));
const notice = "// Generated from spec/ by packages/contract. Do not edit.\n";

await rm(generated, { recursive: true, force: true });
await mkdir(`${generated}types`, { recursive: true });
const names = await documentNames();
await writeFile(`${generated}apis.ts`, await apisFile());
for (const name of names) {
  const types = astToString(await openapiTS(await readFile(`${documents}${name}.json`, "utf8")));
  await writeFile(`${generated}types/${name}.ts`, notice + types);
}

async function apisFile(): Promise<string> {
  const resolved: RawDocument[] = await Promise.all(
    names.map(async (name) =>
      resolveDocument(JSON.parse(await readFile(`${documents}${name}.json`, "utf8"))),
    ),
  );
  const apis = names.map((name, index) => readDocument(name, resolved[index] as RawDocument));
  return [
    notice.trim(),
    'import type { Api, TokenFacts } from "../api.ts";',
    "",
    "/** Every API, in the order of spec/redocly.yaml. */",
    `export const apis: Api[] = ${JSON.stringify(apis, null, 2)};`,
    "",
    "/** Facts about tokens. */",
    `export const tokenFacts: TokenFacts = ${JSON.stringify(readTokenFacts(resolved))};`,
    "",
    `export const secrets: { headers: string[]; members: string[] } = ${JSON.stringify(readSecrets(apis))};`,
    "",
  ].join("\n");
}
