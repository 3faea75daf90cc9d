import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "rolldown";

/** Sizes of bundles for browsers, minified and gzipped, in bytes; openapi-fetch is part of each. */
export interface Sizes {
  /** All that the package exports. */
  everything: number;
  /** A program that makes a client and calls one operation. */
  oneOperation: number;
  /** Not ours: what of it is in the two others. */
  openapiFetch: number;
}

// Programs that export nothing, as a page loads them.
const everything = 'import * as all from "./src/index.ts"; console.log(all);';
const oneOperation = `
  import { createThingSpaceClient } from "./src/index.ts";
  const thingspace = createThingSpaceClient({ credentials: globalThis.credentials });
  thingspace.v2.listRegisteredCallbacks("0000123456-00001").then(console.log);`;
const openapiFetch = 'import openapiFetch from "openapi-fetch"; console.log(openapiFetch);';

/** Bundles and measures; nothing is written. */
export async function measureSizes(): Promise<Sizes> {
  return {
    everything: await sizeOf(everything),
    oneOperation: await sizeOf(oneOperation),
    openapiFetch: await sizeOf(openapiFetch),
  };
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
