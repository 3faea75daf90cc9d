import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "rolldown";

// Programs to bundle, by their names in the table. The first two have budgets in test/size.test.ts.
const programs = {
  everything: 'export * from "./src/index.ts";',
  "one operation, by createV2Client": `
    import { createV2Client } from "./src/index.ts";
    const thingspace = createV2Client({ credentials: globalThis.credentials });
    thingspace.v2.listRegisteredCallbacks("0000123456-00001").then(console.log);`,
  "one operation, by createThingSpaceClient": `
    import { createThingSpaceClient } from "./src/index.ts";
    const thingspace = createThingSpaceClient({ credentials: globalThis.credentials });
    thingspace.v2.listRegisteredCallbacks("0000123456-00001").then(console.log);`,
  "the entry with the plain clients": 'export * from "./src/http.ts";',
  "of which openapi-fetch": 'import openapiFetch from "openapi-fetch"; console.log(openapiFetch);',
};

/** Sizes of bundles for browsers, minified and gzipped, in bytes. */
export type Sizes = Record<keyof typeof programs, number>;

/** Bundles and measures; nothing is written. */
export async function measureSizes(): Promise<Sizes> {
  const sizes: Partial<Sizes> = {};
  for (const [name, program] of Object.entries(programs)) {
    sizes[name as keyof Sizes] = await sizeOf(program);
  }
  return sizes as Sizes;
}

async function sizeOf(program: string): Promise<number> {
  const entry = fileURLToPath(new URL("../program.ts", import.meta.url));
  const { output } = await build({
    input: entry,
    plugins: [
      {
        name: "program",
        load: (id) => (id === entry ? program : null),
        resolveId: (id) => (id === entry ? id : null),
      },
    ],
    platform: "browser",
    write: false,
    output: { minify: true },
  });
  if (output.length > 1) throw new Error("A bundle of the client has become more than one file.");
  return gzipSync(output[0].code, { level: 9 }).length;
}
