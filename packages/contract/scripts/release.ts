// `pnpm spec:release`: keeps the bundled documents in spec/releases/, for `pnpm spec:diff` to compare the next changes with.
import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compare, majorOf } from "./compare.ts";

const documents = fileURLToPath(new URL("../dist/documents/", import.meta.url));
const releases = fileURLToPath(
  new URL("releases/", import.meta.resolve("@thingspace-callbacks/spec/redocly.yaml")),
);
const files = readdirSync(documents).filter((file) => file.endsWith(".json"));

const changed = files.filter(
  (file) =>
    !existsSync(releases + file) ||
    readFileSync(releases + file, "utf8") !== readFileSync(documents + file, "utf8"),
);
const refused = changed
  .filter((file) => existsSync(releases + file))
  .flatMap((file) => {
    const { isBreaking, from, to } = compare(releases + file, documents + file);
    const isEnough = isBreaking ? majorOf(to) > majorOf(from) : to !== from;
    return isEnough ? [] : [`${file}: changed since ${from}, and says ${to}. \`pnpm spec:diff\` shows how.`];
  });

for (const line of refused) console.error(line);
if (refused.length > 0) process.exit(1);
for (const file of changed) {
  copyFileSync(documents + file, releases + file);
  console.log(`spec/releases/${file}`);
}
