import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { build } from "esbuild";

/** Sizes of bundles for browsers, minified and gzipped, in bytes; openapi-fetch is part of each. */
export interface Sizes {
  /** All that the package exports. */
  everything: number;
  /** A program that makes a client and calls one operation. */
  oneOperation: number;
  /** Not ours: what of it is in the two others. */
  openapiFetch: number;
}

const programs: Record<keyof Sizes, string> = {
  everything: 'export * from "./src/index.ts";',
  oneOperation: `
    import { createThingSpaceClient } from "./src/index.ts";
    export const list = (credentials, account) =>
      createThingSpaceClient({ credentials }).v2.listRegisteredCallbacks(account);`,
  openapiFetch: 'export { default } from "openapi-fetch";',
};

/** Bundles and measures; nothing is written. */
export async function measureSizes(): Promise<Sizes> {
  const sizes = { everything: 0, oneOperation: 0, openapiFetch: 0 };
  for (const [name, contents] of Object.entries(programs)) {
    const { outputFiles } = await build({
      stdin: { contents, loader: "ts", resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      write: false,
    });
    const [file] = outputFiles;
    if (!file) throw new Error(`esbuild has made nothing of ${name}`);
    sizes[name as keyof Sizes] = (await promisify(gzip)(file.contents, { level: 9 })).length;
  }
  return sizes;
}
