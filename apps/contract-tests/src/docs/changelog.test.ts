import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { textOf } from "./site.ts";

const folder = new URL("../../../../spec/releases/", import.meta.url);
const releases = readdirSync(new URL("changes/", folder)).map((file) => file.replace(/\.yaml$/, ""));
const anchorOf = (release: string) => release.replaceAll(".", "-");

test("Every released document has an entry in the changelog", () => {
  const documents = readdirSync(folder).filter((file) => file.endsWith(".json"));
  for (const document of documents) {
    const api = document.replace(/\.json$/, "");
    expect(
      releases.filter((release) => release.startsWith(`${api}-`)),
      api,
    ).not.toEqual([]);
  }
});

test.each(releases)("The API changelog and its feed have the release %s", async (release) => {
  expect(await textOf("changelog/index.html")).toContain(`id="${anchorOf(release)}"`);
  expect(await textOf("changelog.xml")).toContain(`changelog/#${anchorOf(release)}</link>`);
});

test("The pages name the feed for readers of feeds", async () => {
  expect(await textOf("changelog/index.html")).toMatch(
    /<link rel="alternate" type="application\/rss\+xml"[^>]* href="\.\.\/changelog\.xml"/,
  );
});
