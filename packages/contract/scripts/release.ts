// `pnpm spec:release`: keeps the bundled documents in spec/releases/, for `pnpm spec:diff` to compare the next changes with,
// and writes what changed to spec/releases/changes/, for the changelog of the docs. `pnpm spec:release <documents> <releases>`
// does so with other folders.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { type ChangelogEntry, summarizeChanges } from "./changelog-entry.ts";
import { compare, listChanges, majorOf, versionOf } from "./compare.ts";

const documents = process.argv[2] ?? fileURLToPath(new URL("../dist/documents", import.meta.url));
const releases =
  process.argv[3] ??
  fileURLToPath(new URL("releases", import.meta.resolve("@thingspace-callbacks/spec/redocly.yaml")));
const files = readdirSync(documents).filter((file) => file.endsWith(".json"));

const changed = files.filter(
  (file) =>
    !existsSync(join(releases, file)) ||
    readFileSync(join(releases, file), "utf8") !== readFileSync(join(documents, file), "utf8"),
);
const refused = changed
  .filter((file) => existsSync(join(releases, file)))
  .flatMap((file) => {
    const { isBreaking, from, to } = compare(join(releases, file), join(documents, file));
    const isEnough = isBreaking ? majorOf(to) > majorOf(from) : to !== from;
    return isEnough ? [] : [`${file}: changed since ${from}, and says ${to}. \`pnpm spec:diff\` shows how.`];
  });

for (const line of refused) console.error(line);
if (refused.length > 0) process.exit(1);
mkdirSync(join(releases, "changes"), { recursive: true });
for (const file of changed) {
  const entry = createEntry(file);
  const name = `changes/${entry.api}-${entry.version}.yaml`;
  writeFileSync(join(releases, name), stringify(entry, { lineWidth: 100 }));
  copyFileSync(join(documents, file), join(releases, file));
  console.log(`spec/releases/${file}\nspec/releases/${name}`);
}

/** Compares a document with its last release, before that is replaced. */
function createEntry(file: string): ChangelogEntry {
  const [released, current] = [join(releases, file), join(documents, file)];
  const date = JSON.parse(readFileSync(current, "utf8")).info["x-date"];
  const head = { api: file.replace(/\.json$/, ""), version: versionOf(current), date };
  if (!existsSync(released)) return { ...head, breaking: false, changes: "first release", texts: 0 };
  return { ...head, ...summarizeChanges(listChanges(released, current)) };
}
