import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fillTable } from "../mutations/table.ts";

test("The README lists the mutations as they are", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(readme, "`pnpm test:mutations --write` writes the table").toBe(fillTable(readme));
});
