import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { compilers } from "./binaries.ts";
import { run } from "./command.ts";
import { type Consumer, createConsumer } from "./consumer.ts";
import { packages } from "./packages.ts";

const files = ["right-uses.ts", "wrong-uses.ts"];
const inNode = { lib: ["es2023"], types: ["node"] };
const inBrowsers = { lib: ["es2023", "dom", "dom.iterable"], types: [] };

/** How users resolve modules, and where they are. */
const settings = {
  node16: { files, compilerOptions: { module: "node16", ...inNode } },
  nodenext: { files: [...files, "require.cts"], compilerOptions: { module: "nodenext", ...inNode } },
  bundler: { files, compilerOptions: { module: "preserve", moduleResolution: "bundler", ...inBrowsers } },
};

const demanding = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  target: "es2023",
  noEmit: true,
};

/** How TypeScript resolved modules for CommonJS before `exports`. Version 6 warns about it, version 7 has removed it. */
const node10 = {
  files: ["node10.ts"],
  compilerOptions: { module: "commonjs", moduleResolution: "node10", ...inNode },
};

describe.each(packages)("the types of %s, from its tarball,", (name) => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = await createConsumer(name, ["@types/node"]);
  });
  afterAll(() => consumer?.remove());

  describe.each(Object.entries(settings))("resolved as %s", (setting, { files, compilerOptions }) => {
    test.each(Object.entries(compilers))("take right uses and no wrong ones in %s", async (_, compiler) => {
      const tsconfig = `tsconfig.${setting}.json`;
      await compile(tsconfig, { files, compilerOptions }, compiler);
    });
  });

  test("resolved as node10 have every entry in TypeScript 5.9", async () => {
    await compile("tsconfig.node10.json", node10, compilers["TypeScript 5.9"]);
  });

  const compile = async (
    tsconfig: string,
    { files, compilerOptions }: { files: string[]; compilerOptions: object },
    compiler: string,
  ) => {
    const options = { ...demanding, ...compilerOptions };
    await writeFile(join(consumer.folder, tsconfig), JSON.stringify({ files, compilerOptions: options }));
    await run(process.execPath, [compiler, "-p", tsconfig], { cwd: consumer.folder });
  };
});
