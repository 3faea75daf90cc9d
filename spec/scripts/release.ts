// `pnpm spec:release`: keeps the bundled documents in releases/, for `pnpm spec:diff` to compare the next changes with.
import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compare, majorOf } from "./compare.ts";

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const files = readdirSync(here("dist")).filter((file) => file.endsWith(".json") && file !== "catalogue.json");

const changed = files.filter(
  (file) =>
    !existsSync(here(`releases/${file}`)) ||
    readFileSync(here(`releases/${file}`), "utf8") !== readFileSync(here(`dist/${file}`), "utf8"),
);
const refused = changed
  .filter((file) => existsSync(here(`releases/${file}`)))
  .flatMap((file) => {
    const { isBreaking, from, to } = compare(here(`releases/${file}`), here(`dist/${file}`));
    const isEnough = isBreaking ? majorOf(to) > majorOf(from) : to !== from;
    return isEnough ? [] : [`${file}: changed since ${from}, and says ${to}. \`pnpm spec:diff\` shows how.`];
  });

for (const line of refused) console.error(line);
if (refused.length > 0) process.exit(1);
for (const file of changed) {
  copyFileSync(here(`dist/${file}`), here(`releases/${file}`));
  console.log(`releases/${file}`);
}
