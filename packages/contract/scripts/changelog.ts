// Generates dist/changelog.json, newest release first, from spec/releases/changes/*.yaml, which `pnpm spec:release` writes.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { ChangelogEntry } from "./changelog-entry.ts";
import { documentNames, spec } from "./spec.ts";

const folder = join(spec, "releases/changes");
const dist = fileURLToPath(new URL("../dist/", import.meta.url));

const names = await documentNames();
const files = (await readdir(folder)).filter((file) => file.endsWith(".yaml"));
const entries = await Promise.all(files.map(readEntry));
entries.sort((a, b) => b.date.localeCompare(a.date) || names.indexOf(a.api) - names.indexOf(b.api));
await mkdir(dist, { recursive: true });
await writeFile(join(dist, "changelog.json"), JSON.stringify(entries, null, 2));

async function readEntry(file: string): Promise<ChangelogEntry> {
  const entry = parse(await readFile(join(folder, file), "utf8")) as ChangelogEntry;
  const { api, version, date, changes } = entry;
  const isValid = /^\d{4}-\d\d-\d\d$/.test(date) && (changes === "first release" || Array.isArray(changes));
  if (file !== `${api}-${version}.yaml` || !isValid) {
    throw new Error(
      `releases/changes/${file}: the name must be <api>-<version>.yaml, with a date and changes`,
    );
  }
  return entry;
}
