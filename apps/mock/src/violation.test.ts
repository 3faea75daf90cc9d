import { expect, test } from "vitest";
import { messageOf } from "./violation.ts";

test.each([
  [["body"], "Request body must have required property 'url'", "url: is required."],
  [["body", "url"], 'Request body property url must match format "uri"', 'url: must match format "uri".'],
  [["path", "account"], "Request path parameter account must be string", "account: must be string."],
  [["body"], "Request body must be object", "body: must be object."],
  [["body", "a"], "Request body must have required property 'b'", "a.b: is required."],
  [undefined, "Body parameter is required", "body: must be object."],
  [undefined, "Something else", "request: Something else."],
])("%j %s", (path, message, sentence) => {
  expect(messageOf({ ...(path && { path }), message })).toBe(sentence);
});
