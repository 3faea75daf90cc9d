import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { compilers } from "./binaries.ts";
import { run } from "./command.ts";
import { type Consumer, createConsumer } from "./consumer.ts";
import { packages } from "./packages.ts";

const files = ["right-uses.ts", "wrong-uses.ts"];
const inNode = { lib: ["es2023"], types: ["node"] };
const inBrowsers = { lib: ["es2023", "dom", "dom.iterable"], types: [] };

/** How users resolve modules, and where they are. For `node16`, attw checks every entry. */
const settings = {
  nodenext: { files: [...files, "require.cts"], compilerOptions: { module: "nodenext", ...inNode } },
  bundler: { files, compilerOptions: { module: "preserve", moduleResolution: "bundler", ...inBrowsers } },
};

const demanding = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  // TypeScript's own files are not the packages'; checking them takes longer than everything else.
  skipDefaultLibCheck: true,
  target: "es2023",
  noEmit: true,
};

/** How TypeScript resolved modules for CommonJS before `exports`. Version 6 warns about it, version 7 has removed it. */
const node10 = {
  files: ["node10.ts"],
  compilerOptions: { module: "commonjs", moduleResolution: "node10", ...inNode },
};

/** The projects of one user per package. A compiler checks them together, which takes half the time. */
let consumers: Consumer[];
beforeAll(async () => {
  consumers = await Promise.all(packages.map((name) => createConsumer(name, ["@types/node"])));
});
afterAll(() => Promise.all(consumers?.map((consumer) => consumer.remove())));

/** Each compiler once; the fastest one in both settings. */
test.each([
  { setting: "nodenext", compiler: "TypeScript 5.9" },
  { setting: "bundler", compiler: "TypeScript 6" },
  { setting: "nodenext", compiler: "TypeScript 7" },
  { setting: "bundler", compiler: "TypeScript 7" },
] as const)(
  "The types of every tarball, resolved as $setting, accept the right uses and refuse the wrong ones in $compiler",
  async ({ setting, compiler }) => {
    await compile(setting, settings[setting], compilers[compiler]);
  },
);

test("The types of every tarball, resolved as node10, have every entry in TypeScript 5.9", async () => {
  await compile("node10", node10, compilers["TypeScript 5.9"]);
});

async function compile(
  setting: string,
  { files, compilerOptions }: { files: string[]; compilerOptions: object },
  compiler: string,
) {
  const folders = consumers.map(({ folder }) => folder);
  const [cwd = ""] = folders;
  const tsconfig = `tsconfig.${setting}.json`;
  const settings = {
    files: folders.flatMap((folder) => files.map((file) => join(folder, file))),
    compilerOptions: { ...demanding, ...compilerOptions },
  };
  await writeFile(join(cwd, tsconfig), JSON.stringify(settings));
  await run(process.execPath, [compiler, "-p", tsconfig], { cwd });
}
