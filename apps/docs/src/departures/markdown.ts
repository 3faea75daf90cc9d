import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Returns the text of `DEPARTURES.md` without its title, which the page has already. */
export async function departuresMarkdown(): Promise<string> {
  const file = fileURLToPath(import.meta.resolve("@thingspace-callbacks/contract/DEPARTURES.md"));
  return (await readFile(file, "utf8")).replace(/^# .*\n/, "").trim();
}
