import { expect, test } from "vitest";
import type { Operation } from "./operation.ts";
import { buildPath, fillPath, listPathParameters, matchesPath } from "./path.ts";

const operation = { operationId: "getThing", path: "/things/{id}/of/{owner}" } as Operation;

test("A path is built for values, which are percent-encoded", () => {
  expect(buildPath(operation, { id: "a/b", owner: "ü?" })).toBe("/things/a%2Fb/of/%C3%BC%3F");
});

test("A path with a missing value is refused, also when the prototype has a member of that name", () => {
  const path = { operationId: "getThing", path: "/things/{constructor}" } as Operation;
  expect(() => buildPath(operation, { id: "a" })).toThrow("getThing: the path parameter owner is missing");
  expect(() => buildPath(path, {})).toThrow("constructor is missing");
});

test("The parameters of a path are listed in order and replaced by any text", () => {
  expect(listPathParameters(operation.path)).toEqual(["id", "owner"]);
  expect(fillPath(operation.path, (name) => `:${name}`)).toBe("/things/:id/of/:owner");
});

test.each([
  { pathname: "/things/1/of/me", matches: true },
  { pathname: "/things/a%2Fb/of/", matches: true },
  { pathname: "/things/1/of", matches: false },
  { pathname: "/things/1/of/me/", matches: false },
  { pathname: "/things/1/2/of/me", matches: false },
  { pathname: "/thingsX1/of/me", matches: false },
])("The path $pathname matches the template: $matches", ({ pathname, matches }) => {
  expect(matchesPath(operation.path, pathname)).toBe(matches);
});
