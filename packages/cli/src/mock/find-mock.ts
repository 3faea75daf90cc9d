import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const name = "@thingspace-callbacks/mock";
const command = "thingspace-callbacks-mock";

/** Returns the program of the mock's package that is installed in one of these folders or above; undefined if none is. */
export function findMock(folders: string[]): string | undefined {
  for (const folder of folders.flatMap(listParents)) {
    const installed = join(folder, "node_modules", name);
    const manifest = join(installed, "package.json");
    if (!existsSync(manifest)) continue;
    const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin?: Record<string, string> };
    if (bin?.[command]) return join(installed, bin[command]);
  }
  return undefined;
}

/** Returns a folder and those above it. */
function listParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...listParents(parent)];
}
