import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";

const script = fileURLToPath(new URL("release.ts", import.meta.url));
const released = fileURLToPath(
  new URL("releases/v1.json", import.meta.resolve("@thingspace-callbacks/spec/redocly.yaml")),
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spec-release-"));
  for (const name of ["documents", "releases"]) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Releases the document of V1 and returns the new entry of the changelog. */
function release(version: string, change: (document: { paths: Record<string, object> }) => void) {
  const document = JSON.parse(readFileSync(released, "utf8"));
  document.info.version = version;
  document.info["x-date"] = "2026-11-28";
  change(document);
  writeFileSync(join(folder, "documents/v1.json"), JSON.stringify(document));
  execFileSync(process.execPath, [script, join(folder, "documents"), join(folder, "releases")], {
    stdio: "pipe",
  });
  return parse(readFileSync(join(folder, `releases/changes/v1-${version}.yaml`), "utf8"));
}

test("A release writes its changes for the changelog, and the first one says that it is the first", () => {
  expect(release("0.1.0", () => {})).toMatchObject({ breaking: false, changes: "first release" });
  const entry = release("1.0.0", ({ paths }) => {
    const [path = {}] = Object.values(paths);
    delete (path as { get?: object }).get;
  });
  expect(entry).toMatchObject({ api: "v1", version: "1.0.0", date: "2026-11-28", breaking: true });
  expect(entry.changes).toEqual([
    { place: "GET /callbacks/{account}", breaking: true, says: expect.stringContaining("was removed") },
  ]);
});

test("A change without a new version is not released", () => {
  cpSync(released, join(folder, "releases/v1.json"));
  expect(() => release("0.1.0", ({ paths }) => Object.assign(paths, { "/new": {} }))).toThrow(/says 0\.1\.0/);
});
