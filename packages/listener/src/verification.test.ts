import { expect, test } from "vitest";
import { getLastSegment } from "./verification.ts";

test.each([
  { url: "/callbacks/a-b", segment: "a-b" },
  { url: "https://example.com/callbacks/a-b", segment: "a-b" },
  { url: "/callbacks/a-b/", segment: "a-b" },
  { url: "/callbacks/a-b//", segment: "a-b" },
  { url: "/callbacks/a%2Db/?x=/c#/d", segment: "a-b" },
  { url: "/callbacks/a%2db%7E", segment: "a-b~" },
  { url: "/callbacks/a%252Db", segment: "a%2Db" },
  { url: "/callbacks/x%2Fa-b", segment: "x/a-b" },
  { url: "/callbacks/a%", segment: undefined },
  { url: "/callbacks/%ff", segment: undefined },
  { url: "/", segment: "" },
  { url: "", segment: "" },
  { url: "?/a-b", segment: "" },
])("the last segment of $url is $segment", ({ url, segment }) => {
  expect(getLastSegment(url)).toBe(segment);
});
