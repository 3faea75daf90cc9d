import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mutations } from "../mutations/mutations.ts";

const textOf = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");

test.each(mutations)("the mutation $name can still be made", ({ file, find }) => {
  const places = textOf(file).split(find).length - 1;
  expect(places, `how often ${file} has the text that mutations.ts replaces`).toBe(1);
});

test("the mutations are those of the README's table", () => {
  const text = textOf("apps/contract-tests/README.md");
  const rows = [...text.matchAll(/^\| \d +\| ([\w-]+) +\|/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(mutations.map(({ name }) => name).sort());
});
