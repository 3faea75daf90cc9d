import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** A release of a document; `pnpm spec:release` writes them. */
export interface Release {
  api: string;
  version: string;
  date: string;
  breaking: boolean;
  changes: { place: string; breaking: boolean; says: string }[] | "first release";
  texts: number;
}

/** File of the feed, from the root of the site. */
export const feedFile = "changelog.xml";

/** Reads the releases of the documents, newest first. */
export async function readReleases(): Promise<Release[]> {
  const file = fileURLToPath(import.meta.resolve("@thingspace-callbacks/contract/changelog.json"));
  return JSON.parse(await readFile(file, "utf8"));
}

/** Returns the anchor of a release on the page: `v1-0-1-0`. */
export const anchorOf = ({ api, version }: Release): string => `${api}-${version.replaceAll(".", "-")}`;

/** Returns the changes of a release in Markdown. */
export function changesMarkdown({ changes, texts }: Release): string {
  if (changes === "first release") return "The first release.";
  const lines = changes.map(
    ({ place, breaking, says }) => `- ${breaking ? "**Breaking.** " : ""}\`${place}\`: ${says}`,
  );
  return [
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    ...(texts > 0 ? [`Changes of descriptions, examples and \`x-\` keywords: ${texts}.`] : []),
  ].join("\n\n");
}
