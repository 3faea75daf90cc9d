import { readdir } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { checkTarball } from "@thingspace-callbacks/release";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { oldestNode } from "./binaries.ts";
import { type Consumer, createConsumer } from "./consumer.ts";
import { packages, published } from "./packages.ts";
import { openTarball, type Tarball, text } from "./tarball.ts";

test("Every published package has consumers, or is the mock or the command line, which are programs", () => {
  expect([...packages, "cli", "mock"].sort()).toEqual(published);
});

test.each(published)("The tarball of %s passes publint, attw and the release's own checks", async (name) => {
  expect((await checkTarball(inject("tarballs")[name] ?? "")).problems).toEqual([]);
});

describe.each(packages)("the tarball of %s", (name) => {
  let tarball: Tarball;
  let consumer: Consumer;
  beforeAll(async () => {
    tarball = await openTarball(name);
    consumer = await createConsumer(name);
  });
  afterAll(() => consumer?.remove());

  const contents = (pattern: RegExp) =>
    [...tarball.files]
      .filter(([path]) => pattern.test(path))
      .map(([path, data]) => [path, text(data)] as const);

  test("The tarball has only JavaScript, types, maps and sources, README, changelog, license and manifest", () => {
    const paths = [...tarball.files.keys()];
    const others = paths.filter(
      (path) =>
        !/^(dist\/.+\.(js|d\.ts)(\.map)?|src\/.+\.ts|(LICENSE|README\.md|CHANGELOG\.md|package\.json))$/.test(
          path,
        ) || path.includes(".test."),
    );
    expect(others).toEqual([]);
  });

  test("The tarball has the source of each map", () => {
    const missing = contents(/\.map$/).flatMap(([path, content]) => {
      const { sources } = JSON.parse(content) as { sources: string[] };
      return sources
        .map((source) => posix.join(dirname(path), source))
        .filter((source) => !tarball.files.has(source));
    });
    expect(missing).toEqual([]);
  });

  test("The manifest has no version of the workspace protocol", () => {
    expect(text(tarball.files.get("package.json"))).not.toMatch(/"(workspace|catalog|link|file):/);
  });

  test("The required Node.js is the oldest one of the tests", () => {
    expect(tarball.manifest.engines.node).toBe(`>=${oldestNode.split(".").slice(0, 2).join(".")}`);
  });

  test("The tarball contains no path of the machine that built it", () => {
    const root = fileURLToPath(new URL("../../../", import.meta.url));
    expect(
      contents(/./)
        .filter(([, content]) => content.includes(root))
        .map(([path]) => path),
    ).toEqual([]);
  });

  test("Every file that the tarball names is in it", () => {
    const missing = contents(/\.(js|d\.ts)$/).flatMap(([path, content]) =>
      [
        ...content.matchAll(
          /(?:from |import |import\(|sourceMappingURL=)["']?(\.{1,2}\/[^"'\s]+|[^"'\s]+\.map)/g,
        ),
      ]
        .map(([, target = ""]) => posix.join(dirname(path), target))
        // A declaration names the source that it was made from; its own name is that source's.
        .filter(
          (target) => !tarball.files.has(target) && !tarball.files.has(target.replace(/\.ts$/, ".d.ts")),
        )
        .map((target) => `${path}: ${target}`),
    );
    expect(missing).toEqual([]);
  });

  test("The package is installed with its declared dependencies only", async () => {
    expect(await packagesIn(join(consumer.folder, "node_modules"))).toEqual(consumer.installed);
  });

  test("The package has no peer dependencies", () => {
    expect(tarball.manifest.peerDependencies).toBeUndefined();
  });
});

/** The packages in a `node_modules` folder, by name. */
async function packagesIn(folder: string) {
  const names = await Promise.all(
    (await readdir(folder)).map(async (entry) =>
      entry.startsWith("@") ? (await readdir(join(folder, entry))).map((name) => `${entry}/${name}`) : entry,
    ),
  );
  return names.flat().sort();
}
