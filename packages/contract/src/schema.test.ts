import { expect, test } from "vitest";
import {
  findMember,
  formatPath,
  formatType,
  getLimit,
  listMembers,
  type Schema,
  walkSchema,
} from "./schema.ts";

const schema: Schema = {
  type: "object",
  required: ["list"],
  properties: {
    name: { type: "string" },
    list: { type: "array", items: { type: "object", properties: { model: { type: "string" } } } },
    labels: { type: "object", additionalProperties: { type: "string" } },
    choice: { oneOf: [{ type: "integer" }, { type: "null" }] },
  },
};

test("The walk visits every schema inside a schema, parents first, with its path", () => {
  const places = [...walkSchema(schema)].map(({ path, schema: { type } }) => [formatPath(path), type]);
  expect(places).toEqual([
    ["", "object"],
    ["name", "string"],
    ["list", "array"],
    ["list[]", "object"],
    ["list[].model", "string"],
    ["labels", "object"],
    ["labels.*", "string"],
    ["choice", undefined],
    ["choice", "integer"],
    ["choice", "null"],
  ]);
});

test("The members of an object are listed with whether they are required", () => {
  expect(listMembers(schema).map(({ name, isRequired }) => [name, isRequired])).toEqual([
    ["name", false],
    ["list", true],
    ["labels", false],
    ["choice", false],
  ]);
  expect(findMember(schema, "name")).toEqual({ type: "string" });
  expect(findMember(schema, "toString")).toBeUndefined();
});

test("A path that begins with a list is written with its brackets first", () => {
  expect(formatPath(["[]", "url"])).toBe("[].url");
});

test("A type is written for a reader", () => {
  const list = { type: "array", items: { type: "string" } };
  expect(formatType({ oneOf: [{ type: "integer" }, list] })).toBe("integer or array of strings");
  expect(formatType({})).toBe("any");
});

test("A limit is read from its keyword, and one that the document does not set is an error", () => {
  expect(getLimit({ type: "array", maxItems: 3 }, "maxItems")).toBe(3);
  expect(() => getLimit({ type: "array" }, "maxItems")).toThrow("maxItems");
  expect(() => getLimit(undefined, "maximum")).toThrow("maximum");
});
