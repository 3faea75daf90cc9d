import { getApi } from "@thingspace-callbacks/contract";
import { anchorOf, changesMarkdown, feedFile, readReleases } from "./changelog.ts";

/** Returns the page with every release of the documents. */
export async function changelogMarkdown(link: (path: string) => string): Promise<string> {
  const releases = await readReleases();
  const sections = releases.map((release) =>
    [
      `<a id="${anchorOf(release)}"></a>`,
      `## ${getApi(release.api).title} ${release.version}${release.breaking ? " (breaking)" : ""}`,
      `Released on ${release.date}.`,
      changesMarkdown(release),
    ].join("\n\n"),
  );
  return [introduction(link(feedFile)), ...sections].join("\n\n");
}

const introduction = (feed: string) =>
  `Changes of the OpenAPI documents of this project, newest first. A release with a new major version can break clients. ` +
  `These are not announcements of Verizon. To be told about new entries, follow [the feed](${feed}).`;
