import { expect, test } from "vitest";
import { isJson, parseMediaType } from "./media-type.ts";

test.each([
  { header: "application/json", read: { type: "application/json" } },
  { header: 'Text/Plain ; Charset="UTF-8"', read: { type: "text/plain", charset: "utf-8" } },
  { header: "*/*", read: { type: "*/*" } },
  { header: "", read: { type: "" } },
  { header: undefined, read: { type: "" } },
  { header: null, read: { type: "" } },
])("The header $header is read", ({ header, read }) => {
  expect(parseMediaType(header)).toEqual(read);
});

test.each([
  { type: "application/json", json: true },
  { type: "application/problem+json", json: true },
  { type: "text/json-like", json: false },
  { type: "", json: false },
])("The media type $type is JSON: $json", ({ type, json }) => {
  expect(isJson(type)).toBe(json);
});
