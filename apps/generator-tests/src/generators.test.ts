import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { apis } from "@thingspace-callbacks/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { typeErrors } from "./compiler.ts";
import { generators } from "./generators.ts";

const documents = apis.flatMap(({ name: api }) => [
  { document: api, file: contractFile(`documents/${api}.json`) },
  { document: `${api}.client`, file: contractFile(`tools/${api}.client.json`) },
]);

/** In a folder of the package that neither git nor the linter looks at. */
const generated = fileURLToPath(new URL("../generated/", import.meta.url));
let folder: string;
beforeAll(async () => {
  await mkdir(generated, { recursive: true });
  folder = await mkdtemp(join(generated, "clients-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(Object.entries(generators))("%s", (name, generate) => {
  test("The generator creates a client of each document that compiles", async () => {
    for (const { document, file } of documents) await generate(file, join(folder, name, document));
    const made = await readdir(join(folder, name));
    expect(made.sort()).toEqual(documents.map(({ document }) => document).sort());
    expect(await typeErrors(join(folder, name))).toEqual([]);
  });
});

function contractFile(path: string): string {
  return fileURLToPath(import.meta.resolve(`@thingspace-callbacks/contract/${path}`));
}
