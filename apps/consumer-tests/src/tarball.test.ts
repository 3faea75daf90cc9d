import { readdir } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { checkTarball } from "@thingspace-callbacks/release";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { oldestNode } from "./binaries.ts";
import { type Consumer, createConsumer } from "./consumer.ts";
import { packages, published } from "./packages.ts";
import { openTarball, type Tarball, text } from "./tarball.ts";

test("every published package has consumers, or is the mock, a program", () => {
  expect([...packages, "mock"].sort()).toEqual(published);
});

test.each(published)("the tarball of %s passes publint, attw and the release's own checks", async (name) => {
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

  test("holds JavaScript, types, maps and sources, README, changelog, license and manifest, and nothing else", () => {
    const paths = [...tarball.files.keys()];
    const others = paths.filter(
      (path) =>
        !/^(dist\/.+\.(js|d\.ts)(\.map)?|src\/.+\.ts|(LICENSE|README\.md|CHANGELOG\.md|package\.json))$/.test(
          path,
        ) || path.includes(".test."),
    );
    expect(others).toEqual([]);
  });

  test("has the source that each map names", () => {
    const missing = contents(/\.map$/).flatMap(([path, content]) => {
      const { sources } = JSON.parse(content) as { sources: string[] };
      return sources
        .map((source) => posix.join(dirname(path), source))
        .filter((source) => !tarball.files.has(source));
    });
    expect(missing).toEqual([]);
  });

  test("names no version that only the workspace knows", () => {
    expect(text(tarball.files.get("package.json"))).not.toMatch(/"(workspace|catalog|link|file):/);
  });

  test("says which Node it needs, and that is the oldest it is run on", () => {
    expect(tarball.manifest.engines.node).toBe(`>=${oldestNode.split(".").slice(0, 2).join(".")}`);
  });

  test("shows nothing of the machine that built it", () => {
    const root = fileURLToPath(new URL("../../../", import.meta.url));
    expect(
      contents(/./)
        .filter(([, content]) => content.includes(root))
        .map(([path]) => path),
    ).toEqual([]);
  });

  test("names no file that is not in it", () => {
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

  test("is installed with the dependencies that it declares, and theirs, and nothing else", async () => {
    expect(await packagesIn(join(consumer.folder, "node_modules"))).toEqual(consumer.installed);
  });

  test("has no peer dependencies, which a consumer here would lack", () => {
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
