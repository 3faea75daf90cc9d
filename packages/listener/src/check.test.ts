import { expect, test } from "vitest";
import { array, boolean, integer, number, object, string } from "./check.ts";
import { apis } from "./generated/apis.ts";
import { examples } from "./generated/examples.ts";

test.each([
  [string, "", 5, "a string"],
  [boolean, false, 0, "a boolean"],
  [number, 1.5, "1.5", "a number"],
  [integer, 2, 1.5, "an integer"],
  [object({}), {}, [], "an object"],
  [object({}), {}, null, "an object"],
  [array(string), [], {}, "an array"],
])("%# takes %j and not %j", (check, right, wrong, expected) => {
  expect(check(right)).toBeUndefined();
  expect(check(wrong)).toEqual({ path: "", expected });
});

const check = object({ name: string, list: array(object({ deep: boolean })) });

test("the path leads to the first mismatch", () => {
  expect(check({ list: [{}, { deep: true }, { deep: 5 }] })).toEqual({
    path: "/list/2/deep",
    expected: "a boolean",
  });
});

test("members may be missing and others may be there", () => {
  expect(check({ more: 5, list: [{ more: {} }] })).toBeUndefined();
});

test("members that are inherited are none", () => {
  expect(object({ constructor: string, toString: string })({})).toBeUndefined();
});

test.each(Object.entries(examples))("the examples of %s pass its check", (api, messages) => {
  expect(messages.length).toBeGreaterThan(0);
  for (const message of messages) expect(apis[api as keyof typeof apis].check(message)).toBeUndefined();
});
