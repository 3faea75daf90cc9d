import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "rolldown";
import { expect, test } from "vitest";

const here = (path: string) => new URL(`../${path}`, import.meta.url);

/** Bundles an entry into one minified file. */
async function bundled(entry: string) {
  const { output } = await build({
    input: here(entry).pathname,
    write: false,
    platform: "neutral",
    logLevel: "silent",
    output: { minify: true },
  });
  const [{ code, imports, dynamicImports }, ...others] = output;
  return { code, imports: [...imports, ...dynamicImports], others };
}

test("the whole listener is at most 7,200 bytes minified and gzipped, and imports nothing", async () => {
  const { code, imports, others } = await bundled("dist/index.js");
  expect(gzipSync(code).length).toBeLessThanOrEqual(7_200);
  expect([imports, others]).toEqual([[], []]);
  expect(code).not.toMatch(/\brequire\(|\bprocess\.|\bBuffer\b/);
});

test("the testing entry imports nothing", async () => {
  const { imports, others } = await bundled("dist/testing.js");
  expect([imports, others]).toEqual([[], []]);
});

test("the package has no dependencies", () => {
  const manifest = JSON.parse(readFileSync(here("package.json"), "utf8"));
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies", "bundledDependencies"]) {
    expect(manifest[kind]).toBeUndefined();
  }
});

const marks = {
  inbox: "repeatWindowMs",
  sqlite: "synchronous",
  postgres: "json_to_recordset",
  redis: "thingspace-seen:",
};
const imports: { entry: string; contains: (keyof typeof marks)[] }[] = [
  { entry: "index", contains: [] },
  { entry: "inbox", contains: ["inbox"] },
  { entry: "sqlite", contains: ["inbox", "sqlite"] },
  { entry: "postgres", contains: ["inbox", "postgres"] },
  { entry: "redis", contains: ["redis"] },
  { entry: "record", contains: [] },
  { entry: "lambda", contains: [] },
];

test.each(imports)(
  "the entry $entry imports nothing, and carries no other entry",
  async ({ entry, contains }) => {
    const { code, imports, others } = await bundled(`dist/${entry}.js`);
    expect([imports, others]).toEqual([[], []]);
    const found = Object.entries(marks).filter(([, mark]) => code.includes(mark));
    expect(found.map(([name]) => name)).toEqual(contains);
  },
);
