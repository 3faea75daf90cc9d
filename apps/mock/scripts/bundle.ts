// Makes bundle/, the mock as it is published: contract, docs and libraries inside, no dependencies.
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import manifest from "../package.json" with { type: "json" };

const root = fileURLToPath(new URL("../", import.meta.url));
const bundle = join(root, "bundle");
const peer = "@stoplight/prism-http";
/** Parts of `pg` for other platforms, which it does without when they are missing. */
const absentParts = ["pg-native", "pg-cloudflare"];

await rm(bundle, { recursive: true, force: true });
await mkdir(bundle);
await Promise.all([
  bundlePrograms(),
  // Each entry on its own, so that its declarations are one file.
  bundleTypes("index"),
  bundleTypes("matchers"),
  writeManifest(),
  ...["README.md", "CHANGELOG.md", "config", "examples"].map((name) =>
    cp(join(root, name), join(bundle, name), { recursive: true }),
  ),
  // The manifest's `imports` point here.
  copyDocs(folderOf("#docs/index.html"), join(bundle, "docs")),
  cp(folderOf("#served/v1.json"), join(bundle, "openapi"), { recursive: true }),
  cp(folderOf("#console/index.html"), join(bundle, "console"), { recursive: true }),
]);

/** Copies the docs. Of a file that is there in compressed form, too, that one is enough; pages are found by the other one. */
async function copyDocs(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    filter: (file) => file.endsWith(".html") || !existsSync(`${file}.gz`),
  });
}

async function bundlePrograms(): Promise<void> {
  await build({
    cwd: root,
    input: {
      bin: "./src/bin.ts",
      main: "./src/main.ts",
      index: "./src/index.ts",
      matchers: "./src/matchers.ts",
    },
    platform: "node",
    // Prism is loaded on demand, from where the user has put it.
    external: [/^@stoplight\//, ...absentParts],
    output: {
      dir: join(bundle, "dist"),
      format: "esm",
      // Code that is loaded on demand stays a file of its own, and everything beside `../config`, to which paths are relative.
      entryFileNames: "[name].js",
      chunkFileNames: "[name].js",
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    },
    onLog(level, log, report) {
      if (log.code === "UNRESOLVED_IMPORT") throw new Error(log.message);
      if (!log.id?.includes("node_modules")) report(level, log);
    },
  });
}

async function bundleTypes(entry: string): Promise<void> {
  await build({
    cwd: root,
    input: { [entry]: `./src/${entry}.ts` },
    platform: "node",
    // Only our own declarations are read: what the entry exports names no type of a library.
    external: /^(?!@thingspace-callbacks\/)[^./]/,
    plugins: [dts({ dtsOnly: true, tsconfig: "tsconfig.build.json" })],
    output: { dir: join(bundle, "dist"), format: "esm" },
  });
}

async function writeManifest(): Promise<void> {
  const { scripts, dependencies, devDependencies, publishConfig, files, ...published } = manifest;
  const prism = JSON.parse(await readFile(new URL("../package.json", import.meta.resolve(peer)), "utf8"));
  const own = {
    ...published,
    files: ["dist", "config", "examples", "docs", "openapi", "console", "CHANGELOG.md"],
    imports: {
      "#console/*": "./console/*",
      "#docs/*": "./docs/*",
      "#served/*": "./openapi/*",
    },
    peerDependencies: { [peer]: `^${prism.version}` },
    peerDependenciesMeta: { [peer]: { optional: true } },
  };
  await writeFile(join(bundle, "package.json"), `${JSON.stringify(own, null, 2)}\n`);
}

function folderOf(file: string): string {
  return dirname(fileURLToPath(import.meta.resolve(file)));
}
