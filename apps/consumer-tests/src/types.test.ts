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

describe.each(packages)("the types of %s, from its tarball,", (name) => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = await createConsumer(name, ["@types/node"]);
  });
  afterAll(() => consumer?.remove());

  describe.each(Object.entries(settings))("resolved as %s", (setting, { files, compilerOptions }) => {
    test.each(Object.entries(compilers))("take right uses and no wrong ones in %s", async (_, compiler) => {
      const tsconfig = `tsconfig.${setting}.json`;
      await writeFile(
        join(consumer.folder, tsconfig),
        JSON.stringify({ files, compilerOptions: { ...demanding, ...compilerOptions } }),
      );
      await run(process.execPath, [compiler, "-p", tsconfig], { cwd: consumer.folder });
    });
  });
});
