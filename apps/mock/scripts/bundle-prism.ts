// Makes prism/, the package @stoplight/prism-http as one file for the container image: 5 MB instead of 66.
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = join(root, "prism");
const original = new URL("../package.json", import.meta.resolve("@stoplight/prism-http"));
const { name, version, license } = JSON.parse(await readFile(original, "utf8"));

await rm(folder, { recursive: true, force: true });
await build({
  cwd: root,
  input: { index: "./scripts/prism-peer.ts" },
  platform: "node",
  // The `main` of jsonc-parser calls `require` by names that no bundler can follow.
  resolve: { mainFields: ["module", "main"] },
  plugins: [
    {
      name: "this-is-exports",
      // At the top of a CommonJS file `this` is `exports`; in an ES module it is undefined.
      transform: {
        filter: { id: /uri-template-lite/ },
        handler: (code) => code.replaceAll("this.URI", "exports.URI"),
      },
    },
  ],
  output: { dir: folder, format: "esm", minify: true, codeSplitting: false },
  onLog(_level, { code, message }) {
    if (code === "UNRESOLVED_IMPORT") throw new Error(message);
  },
});
const manifest = { name, version, license, private: true, type: "module", exports: "./index.js" };
await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
