import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createMock } from "@thingspace-callbacks/mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const run = promisify(execFile);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stale-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("generated files", () => {
  // Each with the script that makes it: a task that does not name all it reads would leave it as it was.
  test.each([
    { name: "packages/contract", made: ["src/generated", "dist/documents"] },
    { name: "packages/client", made: ["src/generated"] },
    { name: "packages/listener", made: ["src/generated"] },
  ])("The generated files of $name are up to date", async ({ name, made }) => {
    const copy = join(folder, name);
    const isSource = (path: string) => !/\/(node_modules|dist|generated|\.turbo)$/.test(path);
    cpSync(join(root, name), copy, { recursive: true, filter: isSource });
    symlinkSync(join(root, name, "node_modules"), join(copy, "node_modules"));
    const command = JSON.parse(readFileSync(join(copy, "package.json"), "utf8")).scripts.generate;
    const env = { ...process.env, PATH: `${copy}/node_modules/.bin:${process.env["PATH"]}` };
    await run("sh", ["-c", command], { cwd: copy, env });
    for (const path of made) expect(filesOf(join(root, name, path))).toEqual(filesOf(join(copy, path)));
  });

  test.skipIf(!existsSync(join(root, ".git")))("No generated file is committed", async () => {
    const { stdout } = await run("git", ["ls-files", "--", "*/dist/*", "*/generated/*"], { cwd: root });
    expect(stdout).toBe("");
  });
});

describe("the README", () => {
  test("The README of the mock shows the response to moving the clock", async () => {
    const text = readFileSync(join(root, "apps/mock/README.md"), "utf8");
    const [, command = "", output = ""] = /^\$ (curl .*mock\/clock)\n(.*)\n/m.exec(text) ?? [];
    const mock = await createMock();
    const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
    const { stdout } = await run("sh", ["-c", command.replace(/http:\/\/127\.0\.0\.1:\d+/, origin)]);
    await mock.close();
    const withoutTime = (json: string) => json.replace(/"now":"[^"]+Z"/, '"now":""');
    expect(withoutTime(stdout)).toBe(withoutTime(output));
  });
});

describe.each(markdownFiles())("%s", (file) => {
  const text = readFileSync(join(root, file), "utf8");

  test("Every link has a target", () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)\s]*)?\)/g)].map(([, target = ""]) => target);
    const missing = links.filter(
      (target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(file), target)),
    );
    expect(missing).toEqual([]);
  });

  test("Every command exists", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const named = [...text.matchAll(/pnpm@12 ([a-z][\w:-]*)/g)].map(([, name = ""]) => name);
    // pnpm's own.
    const known = [...Object.keys(scripts), "exec", "install"];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});

/** The Markdown files of the project, without what is installed or made. */
function markdownFiles(folder = ""): string[] {
  const isOthers = /^(\.git|\.turbo|node_modules|dist|bundle|generated)$/;
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !isOthers.test(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return markdownFiles(path);
      return entry.name.endsWith(".md") ? [path] : [];
    })
    .sort();
}

/** The files of a folder by name, with their text. */
function filesOf(path: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(path.length), readFileSync(file, "utf8")]),
  );
}
