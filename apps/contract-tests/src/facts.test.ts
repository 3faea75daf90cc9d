import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tokenFacts } from "@thingspace-callbacks/contract";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The files that people and programs read, without tests and generated files. */
const files = ["apps", "packages", "README.md", "SECURITY.md"]
  .flatMap((path) => (path.endsWith(".md") ? [path] : filesBelow(path)))
  .filter((file) => /\.(ts|astro|mdx?)$/.test(file) && !file.endsWith(".test.ts"));

function filesBelow(folder: string): string[] {
  const left = new Set([
    "node_modules",
    "dist",
    "bundle",
    "generated",
    "test",
    "bench",
    "contract-tests",
    "consumer-tests",
  ]);
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return left.has(entry.name) ? [] : filesBelow(path);
    return [path];
  });
}

const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const minutes = tokenFacts.sessionIdleSeconds / 60;
const failures = `(${tokenFacts.failuresToLock}|${words[tokenFacts.failuresToLock]})`;

const facts = [
  { fact: "the lifetime of an access token", written: new RegExp(`\\b${tokenFacts.accessTokenSeconds}\\b`) },
  {
    fact: "the idle time of a session",
    // A picture can have the same number of pixels.
    written: new RegExp(
      `(?<!width" content=")\\b(${minutes} (idle )?minutes|${minutes} \\* 60|${tokenFacts.sessionIdleSeconds})\\b`,
    ),
  },
  {
    fact: "the number of failed logins that lock a user",
    written: new RegExp(`\\b${failures} (failed|failures|logins|wrong)\\b|failuresToLock = \\d`, "i"),
  },
];

test.each(facts)("$fact is written in the documents only", ({ written }) => {
  const places = files.flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .flatMap((line, index) => (written.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(places).toEqual([]);
});

test("The files that could repeat a fact are found", () => {
  expect(files).toEqual(
    expect.arrayContaining([
      "packages/client/src/auth/tokens.ts",
      "apps/mock/README.md",
      "apps/docs/src/content/docs/guides/authentication.mdx",
    ]),
  );
});
