import { describe, expect, test } from "vitest";
import { listRelativeLinks, toAbsoluteLinks } from "./links.ts";

const place = { folder: "packages/client", address: "https://github.com/owner/name" };
const blob = `${place.address}/blob/main`;

describe("the links of a README", () => {
  test.each([
    { link: "[a](../../spec/DEPARTURES.md)", absolute: `[a](${blob}/spec/DEPARTURES.md)` },
    { link: "[a](src/index.ts#L3)", absolute: `[a](${blob}/packages/client/src/index.ts#L3)` },
    { link: "[a](../listener/)", absolute: `[a](${blob}/packages/listener)` },
    { link: "![a](./a.svg)", absolute: `![a](${blob}/packages/client/a.svg)` },
  ])("The link $link becomes absolute", ({ link, absolute }) => {
    expect(toAbsoluteLinks(link, place)).toBe(absolute);
    expect(listRelativeLinks(absolute)).toEqual([]);
  });

  test.each([
    "[a](https://example.com/x)",
    "[a](#below)",
    "[a](mailto:a@example.com)",
    "```md\n[a](b.md)\n```",
  ])("The text %s is unchanged", (text) => {
    expect(toAbsoluteLinks(text, place)).toBe(text);
    expect(listRelativeLinks(text)).toEqual([]);
  });
});
