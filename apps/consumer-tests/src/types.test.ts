import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { compilers } from "./binaries.ts";
import { run } from "./command.ts";
import { type Consumer, createConsumer } from "./consumer.ts";
import { packages } from "./packages.ts";
import { isThorough } from "./thorough.ts";

const files = ["right-uses.ts", "wrong-uses.ts"];
const inNode = { lib: ["es2023"], types: ["node"] };
const inBrowsers = { lib: ["es2023", "dom", "dom.iterable"], types: [] };

/**
 * How users resolve modules, and where they are. `node10` is how TypeScript resolved them before `exports`: version 6 warns
 * about it, version 7 has removed it. For `node16`, attw checks every entry.
 */
const settings = {
  node10: {
    files: [...files, "node10.ts"],
    compilerOptions: { module: "esnext", moduleResolution: "node10", ...inNode },
  },
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

/** The projects of one user per package. A compiler checks them together, which takes half the time. */
let consumers: Consumer[];
beforeAll(async () => {
  consumers = await Promise.all(packages.map((name) => createConsumer(name, ["@types/node"])));
});
afterAll(() => Promise.all(consumers?.map((consumer) => consumer.remove())));

interface Check {
  setting: keyof typeof settings;
  compiler: keyof typeof compilers;
}

/** Each setting, by the fastest compiler that knows it. */
const checks: Check[] = [
  { setting: "node10", compiler: "TypeScript 5.9" },
  { setting: "nodenext", compiler: "TypeScript 7" },
  { setting: "bundler", compiler: "TypeScript 7" },
];

/** The others of the slow compilers: version 6 is between the two. */
const slowChecks: Check[] = [
  { setting: "nodenext", compiler: "TypeScript 5.9" },
  { setting: "bundler", compiler: "TypeScript 6" },
];

test.each(isThorough ? [...checks, ...slowChecks] : checks)(
  "The types of every tarball, resolved as $setting, accept the right uses and refuse the wrong ones in $compiler",
  async ({ setting, compiler }) => {
    const { files, compilerOptions } = settings[setting];
    const folders = consumers.map(({ folder }) => folder);
    const [cwd = ""] = folders;
    const tsconfig = `tsconfig.${setting}.json`;
    const config = {
      files: folders.flatMap((folder) => files.map((file) => join(folder, file))),
      compilerOptions: { ...demanding, ...compilerOptions },
    };
    await writeFile(join(cwd, tsconfig), JSON.stringify(config));
    await run(process.execPath, [compilers[compiler], "-p", tsconfig], { cwd });
  },
);
