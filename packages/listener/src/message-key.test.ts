import { describe, expect, test } from "vitest";
import { hashJson } from "./message-key.ts";

const hash = (text: string, api = "v1") => hashJson(api, JSON.parse(text));

test("a key is the API and the SHA-256 of the canonical JSON", async () => {
  // printf '{"a":[1,{"b":null}]}' | sha256sum
  expect(await hash('{"a":[1,{"b":null}]}')).toBe(
    "v1:04c9b7f39a92197dcd429123a42d09d2e88eca59a551c024135da9cf711be78b",
  );
  expect((await hash("{}", "legacy")).length).toBeLessThanOrEqual(100);
});

describe("the same key", () => {
  test.each([
    { name: "white space", one: '{"a":1,"b":[1,2]}', other: ' {\n"a" : 1, "b":[ 1,2 ]\t}' },
    { name: "the order of members", one: '{"a":{"b":1,"c":2},"d":3}', other: '{"d":3,"a":{"c":2,"b":1}}' },
    { name: "escapes", one: '{"a":"ü/"}', other: '{"\\u0061":"\\u00fc\\/"}' },
    { name: "the form of a number", one: '{"a":100}', other: '{"a":1.0e2}' },
  ])("belongs to messages that differ in $name only", async ({ one, other }) => {
    expect(await hash(one)).toBe(await hash(other));
  });
});

describe("another key", () => {
  test.each([
    { name: "a value", one: '{"a":1}', other: '{"a":2}' },
    { name: "a type", one: '{"a":1}', other: '{"a":"1"}' },
    { name: "a name", one: '{"a":1}', other: '{"b":1}' },
    { name: "the order of a list", one: "[1,2]", other: "[2,1]" },
    { name: "where a list ends", one: "[[1],2]", other: "[[1,2]]" },
    { name: "an empty list and an empty object", one: '{"a":[]}', other: '{"a":{}}' },
    { name: "null and a missing member", one: '{"a":null}', other: "{}" },
    { name: "a text with quotes", one: '["a","b"]', other: '["a\\",\\"b"]' },
  ])("belongs to a message that differs in $name", async ({ one, other }) => {
    expect(await hash(one)).not.toBe(await hash(other));
  });

  test("belongs to a message of another API", async () => {
    expect(await hash("{}", "v1")).not.toBe(await hash("{}", "v2"));
  });

  test("belongs to a long message that differs anywhere", async () => {
    const list = Array.from({ length: 50_000 }, (_, index) => index);
    const keys = [0, 25_000, 49_999].map((index) => hashJson("v1", list.with(index, -1)));
    expect(new Set([...(await Promise.all(keys)), await hashJson("v1", list)]).size).toBe(4);
  });
});

test("a message of 100,000 levels has a key", async () => {
  const depth = 100_000;
  expect(await hash("[".repeat(depth) + "]".repeat(depth))).toMatch(/^v1:[\da-f]{64}$/);
});
