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
])("check %# accepts %j and not %j", (check, right, wrong, expected) => {
  expect(check(right)).toBeUndefined();
  expect(check(wrong)).toEqual({ path: "", expected });
});

const check = object({ name: string, list: array(object({ deep: boolean })) });

test("the path of a mismatch leads to the first one", () => {
  expect(check({ list: [{}, { deep: true }, { deep: 5 }] })).toEqual({
    path: "/list/2/deep",
    expected: "a boolean",
  });
});

test("members may be missing, and unknown ones may be present", () => {
  expect(check({ more: 5, list: [{ more: {} }] })).toBeUndefined();
});

test("inherited members are not checked", () => {
  expect(object({ constructor: string, toString: string })({})).toBeUndefined();
});

test("documented members that are null are removed, before and after a mismatch", () => {
  const message = { name: null, unknown: null, list: [{ deep: 5 }, { deep: null, unknown: null }] };
  expect(check(message)).toEqual({ path: "/list/0/deep", expected: "a boolean" });
  expect(message).toEqual({ unknown: null, list: [{ deep: 5 }, { unknown: null }] });
});

test("null in a list is a mismatch", () => {
  expect(check({ list: [null] })).toEqual({ path: "/list/0", expected: "an object" });
});

test.each(Object.entries(examples))("the examples of %s pass its check", (api, messages) => {
  expect(messages.length).toBeGreaterThan(0);
  for (const message of messages) expect(apis[api as keyof typeof apis].check(message)).toBeUndefined();
});
