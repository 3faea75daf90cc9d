import { writeFile } from "node:fs/promises";
import { getRssString } from "@astrojs/rss";
import { getApi } from "@thingspace-callbacks/contract";
import { anchorOf, changesMarkdown, feedFile, readReleases } from "../src/changelog/changelog.ts";
import { site } from "../src/site.ts";
import { output } from "./output.ts";

/** Writes the feed of the API changelog. Its links are absolute, as a feed requires. */
export async function changelogFeed(): Promise<void> {
  const releases = await readReleases();
  const feed = await getRssString({
    title: "ThingSpace Callbacks: API changelog",
    description: "Changes of the OpenAPI documents of the ThingSpace callback APIs. Unofficial.",
    site: site.href,
    items: releases.map((release) => ({
      title: `${getApi(release.api).title} ${release.version}${release.breaking ? " (breaking)" : ""}`,
      link: new URL(`changelog/#${anchorOf(release)}`, site.href).href,
      pubDate: new Date(`${release.date}T00:00:00Z`),
      description: changesMarkdown(release),
    })),
    trailingSlash: false,
  });
  await writeFile(output(feedFile), feed);
}
