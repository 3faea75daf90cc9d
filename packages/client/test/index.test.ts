import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const readSource = (path: string) => readFileSync(new URL(`../src/${path}`, import.meta.url), "utf8");

/** Generated types that only other files of this package use. */
const internal = ["Operations", "Paths"];

test.each([{ file: "generated/operations.ts" }, { file: "generated/clients.ts" }])(
  "The entry exports every name of $file",
  ({ file }) => {
    const names = [...readSource(file).matchAll(/^export (?:interface|type|const) (\w+)/gm)].map(
      ([, name]) => name,
    );
    const exported = new Set(readSource("index.ts").match(/\w+/g));
    const missing = names.filter((name = "") => !internal.includes(name) && !exported.has(name));
    expect(names).not.toEqual([]);
    expect(missing).toEqual([]);
  },
);
