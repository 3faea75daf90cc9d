import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "rolldown";

/** Sizes of bundles for browsers, minified and gzipped, in bytes; openapi-fetch is part of each. */
export interface Sizes {
  /** All that the package exports, in however many files. */
  everything: number;
  /** What is loaded for a program that makes a client and calls one operation. */
  oneOperation: number;
  /** Not ours: what of it is in the two others. */
  openapiFetch: number;
}

// Programs that export nothing, as a page loads them: a bundler then keeps what several files share in the first.
const everything = 'import * as all from "./src/index.ts"; console.log(all);';
const oneOperation = `
  import { createThingSpaceClient } from "./src/index.ts";
  const thingspace = createThingSpaceClient({ credentials: globalThis.credentials });
  thingspace.v2.listRegisteredCallbacks("0000123456-00001").then(console.log);`;
const openapiFetch = 'import openapiFetch from "openapi-fetch"; console.log(openapiFetch);';

/** Bundles and measures; nothing is written. */
export async function measureSizes(): Promise<Sizes> {
  return {
    everything: sum(await filesOf(everything)),
    oneOperation: sum(loaded(await filesOf(oneOperation))),
    openapiFetch: sum(await filesOf(openapiFetch)),
  };
}

type File = Awaited<ReturnType<typeof filesOf>>[number];

async function filesOf(program: string) {
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
  return output.filter((file) => file.type === "chunk");
}

/** The entry with all that it imports at once; what it may import later is not loaded for it. */
function loaded(files: File[]): File[] {
  const names = new Set(files.filter((file) => file.isEntry).map((file) => file.fileName));
  // A set that grows while it is walked through is walked to its end.
  for (const name of names) {
    for (const file of files) if (file.fileName === name) for (const next of file.imports) names.add(next);
  }
  return files.filter((file) => names.has(file.fileName));
}

const sum = (files: File[]) =>
  files.reduce((bytes, { code }) => bytes + gzipSync(code, { level: 9 }).length, 0);
