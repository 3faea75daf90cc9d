// `pnpm spec:diff [folder]`: compares the bundled documents (of dist/documents, or of the folder) with those of the last release.
// Ends with 1 when a change can break a client and the document's version is not a new major one.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compare, majorOf } from "./compare.ts";

const releases = fileURLToPath(
  new URL("releases", import.meta.resolve("@thingspace-callbacks/spec/redocly.yaml")),
);
const folder = process.argv[2] ?? fileURLToPath(new URL("../dist/documents", import.meta.url));

const failures = readdirSync(releases)
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => {
    const api = file.replace(/\.json$/, "");
    const [released, current] = [join(releases, file), join(folder, file)];
    if (!existsSync(current)) return [`${api}: the whole document was removed.`];
    if (readFileSync(released, "utf8") === readFileSync(current, "utf8")) {
      console.log(`${api}: unchanged`);
      return [];
    }
    const { report, isBreaking, from, to } = compare(released, current);
    console.log(`${api}: released as ${from}, now ${to}\n\n${report}\n`);
    if (!isBreaking || majorOf(to) > majorOf(from)) return [];
    return [
      `${api}: a change breaks clients of ${from}, and the document still says ${to}. Take it back, or set info.version in ${api}/openapi.yaml to ${majorOf(from) + 1}.0.0.`,
    ];
  });

for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
