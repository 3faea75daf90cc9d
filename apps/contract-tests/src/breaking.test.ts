import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const script = fileURLToPath(new URL("../../../packages/contract/scripts/diff.ts", import.meta.url));
const releases = fileURLToPath(new URL("../../../spec/releases/", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spec-diff-"));
  cpSync(releases, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

// biome-ignore lint/suspicious/noExplicitAny: documents to damage, of which only the places touched are known.
type Document = any;

/** Changes a released document and compares it with its release. */
async function diffOf(api: string, change: (document: Document) => void) {
  const document = read(api);
  change(document);
  writeFileSync(join(folder, `${api}.json`), JSON.stringify(document, null, 2));
  return diff();
}

const read = (api: string): Document => JSON.parse(readFileSync(join(folder, `${api}.json`), "utf8"));

async function diff(): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [script, folder])) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

const firstPath = ({ paths }: Document) => Object.entries<Document>(paths)[0] as [string, Document];
const requestSchema = ({ paths, components }: Document) => {
  const { post } = Object.values<Document>(paths)[0];
  const { $ref } = post.requestBody.content["application/json"].schema;
  return components.schemas[$ref.split("/").at(-1)];
};
const resultSchema = ({ components }: Document) =>
  components.schemas[Object.keys(components.schemas).find((name) => name.endsWith("Result")) ?? ""];
const firstEnum = ({ components }: Document) =>
  Object.values<Document>(components.schemas).find((schema) => schema.enum);

const breaks: [string, rule: string, (document: Document) => void][] = [
  ["a path that is removed", "path-removed", ({ paths }) => delete paths[Object.keys(paths).at(-1) ?? ""]],
  ["an operation that is removed", "operation-removed", (document) => delete firstPath(document)[1].get],
  [
    "a property that is removed",
    "property-removed",
    (document) => {
      const { properties } = resultSchema(document);
      delete properties[Object.keys(properties)[0] ?? ""];
    },
  ],
  [
    "an enum value that is lost",
    "enum-values-removed",
    (document) => {
      firstEnum(document).enum = ["other"];
    },
  ],
  [
    "a required field that is added",
    "required-properties-added",
    (document) => {
      const { properties, required } = requestSchema(document);
      required.push(Object.keys(properties).find((name) => !required.includes(name)));
    },
  ],
  [
    "a type that is changed",
    "schema-type-changed",
    (document) => {
      const [property] = Object.values<Document>(resultSchema(document).properties);
      property.type = "integer";
    },
  ],
  [
    "a security scheme that is added",
    "security",
    (document) => {
      document.components.securitySchemes.partnerKey = { type: "apiKey", in: "header", name: "Partner-Key" };
      document.security[0].partnerKey = [];
    },
  ],
  [
    "an operationId that is renamed",
    "operation-id-changed",
    (document) => {
      firstPath(document)[1].post.operationId += "Again";
    },
  ],
];

describe("spec:diff", () => {
  test("finds nothing to say about documents that are those of the release", async () => {
    const documents = readdirSync(releases).filter((file) => file.endsWith(".json"));
    const apis = documents.map((file) => `${file.replace(".json", "")}: unchanged\n`);
    expect(await diff()).toEqual({ code: 0, stdout: apis.join(""), stderr: "" });
  });

  describe("of a document with every kind of breaking change", () => {
    let outcome: Awaited<ReturnType<typeof diff>>;
    // Once for all tests: each comparison starts Redocly anew.
    beforeEach(async () => {
      outcome ??= await diffOf("v1", (document) => {
        for (const [, , change] of breaks) change(document);
      });
    });

    test("fails, and says what to do next", () => {
      const { version: released } = read("v1").info;
      const nextMajor = `${Number(released.split(".")[0]) + 1}.0.0`;
      expect(outcome.code).toBe(1);
      expect(outcome.stderr).toBe(
        `v1: a change breaks clients of ${released}, and the document still says ${released}. Take it back, or set info.version in v1/openapi.yaml to ${nextMajor}.\n`,
      );
    });

    test.each(breaks)("finds %s, by the rule %s", (_, rule) => {
      const changes = outcome.stdout.split(/\n {2}(?=\S)/).filter((change) => change.includes(`(${rule}`));
      expect(changes).toEqual([expect.stringMatching(/^✖ major/)]);
    });
  });

  test("fails for a breaking change with a version that is not a new major one", async () => {
    const { code, stderr } = await diffOf("v2", (document) => {
      delete firstPath(document)[1].put;
      document.info.version = document.info.version.replace(/\d+$/, "99");
    });
    expect(stderr).toMatch(/the document still says \d+\.\d+\.99/);
    expect(code).toBe(1);
  });

  test("lets a breaking change pass with a new major version, and still reports it", async () => {
    const { code, stdout } = await diffOf("v2", (document) => {
      delete firstPath(document)[1].put;
      document.info.version = "99.0.0";
    });
    expect(stdout).toContain("operation-removed");
    expect(code).toBe(0);
  });

  test("lets an addition pass", async () => {
    const { code, stdout } = await diffOf("legacy", (document) => {
      firstPath(document)[1].get.description += " More.";
      requestSchema(document).properties.note = { type: "string" };
    });
    expect(stdout).toMatch(/0 major, 1 minor, 1 patch/);
    expect(code).toBe(0);
  });

  test("fails for a document that is gone", async () => {
    rmSync(join(folder, "legacy.json"));
    const { code, stderr } = await diff();
    expect(stderr).toBe("legacy: the whole document was removed.\n");
    expect(code).toBe(1);
  });
});
