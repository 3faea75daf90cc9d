import { expect, test } from "vitest";
import { canBeJson } from "./media-type.ts";

test.each([
  null,
  "",
  " ",
  "application/json",
  "APPLICATION/JSON ; Charset=UTF-8",
  "application/json;charset=us-ascii",
  "application/json; charset=ISO-8859-1",
  'application/json; charset="utf-16"',
  "application/json;",
  "*/*",
  "*/*; q=0.8",
  "application/*",
])("the bytes decide about a body of the type %j", (type) => {
  expect(canBeJson(type, "application/json")).toBe(true);
});

test.each([
  "text/plain",
  "application/jsonp",
  "application/xml",
  "application/x-www-form-urlencoded",
  "application/json, text/plain",
  "multipart/form-data; boundary=application/json",
  "json",
])("a body of the type %j is not JSON", (type) => {
  expect(canBeJson(type, "application/json")).toBe(false);
});
