import { expect, test } from "vitest";
import type { Document } from "./document.ts";
import { collectNames, fillNames } from "./fill-names.ts";

const describe = (environment: string, registration?: string) =>
  ({
    info: { title: "T", ...(registration && { "x-registration": registration }) },
    servers: [{ url: "https://a", "x-environment": environment }],
  }) as Document;

const names = collectNames(
  new Map([
    ["new", describe("production", "new")],
    ["old", describe("production", "new")],
    ["auth", describe("production")],
    ["own", describe("mock")],
  ]),
);

test("The names of services, generations and registrations are collected from the documents", () => {
  expect(names).toEqual({
    services: ["new", "old", "auth"],
    generations: ["new", "old"],
    registrations: ["new"],
  });
});

test("A schema that asks for names gets them as its enum", () => {
  const document = { info: { title: "T" }, schema: { type: "string", "x-names": "generations" } };
  expect(fillNames(document as unknown as Document, names)).toMatchObject({
    schema: { type: "string", enum: ["new", "old"] },
  });
});

test.each(["planets", "constructor", 1])("A schema that asks for the names %s is refused", (asked) => {
  const document = { info: { title: "T" }, schema: { "x-names": asked } } as unknown as Document;
  expect(() => fillNames(document, names)).toThrow(`T: there are no names called ${asked}`);
});
