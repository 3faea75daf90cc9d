import { describe, expect, test } from "vitest";
import { parseJson } from "./json.ts";

const parse = (text: string) => parseJson(new TextEncoder().encode(text));

describe("members named __proto__", () => {
  test.each(["__proto__", "\\u005f_proto__", "__\\u0070roto__"])(
    "are removed when they are written %s",
    (name) => {
      const value = parse(`[{"${name}":{"isAdmin":true},"a":[{"${name}":5,"kept":1}]}]`) as object[];
      expect(value).toEqual([{ a: [{ kept: 1 }] }]);
      expect(Object.getPrototypeOf(value[0])).toBe(Object.prototype);
      expect(Object.hasOwn(value[0] ?? {}, "__proto__")).toBe(false);
    },
  );

  test("are removed below 100,000 levels, where a recursion would fail", () => {
    const depth = 100_000;
    let value = parse(`${"[".repeat(depth)}{"__proto__":1,"kept":1}${"]".repeat(depth)}`);
    for (let level = 0; level < depth; level += 1) [value] = value as unknown[];
    expect(value).toEqual({ kept: 1 });
  });
});

test("a text that only mentions __proto__ is kept", () => {
  expect(parse('{"a":"__proto__","b":"\\u0041"}')).toEqual({ a: "__proto__", b: "A" });
});
