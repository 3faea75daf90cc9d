import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const file = fileURLToPath(new URL("hovered.ts", import.meta.url));
const program = `
import { createThingSpaceClient } from "../src/index.ts";
const thingspace = createThingSpaceClient();
const account = "0242078689-00001";
const listed = await thingspace.v1.listRegisteredCallbacks(account);
const registered = await thingspace.v2.registerCallback(account, { url: "https://example.com" });
const removed = await thingspace.v2.deregisterCallback(account);
const token = await thingspace.auth.requestToken({ grant_type: "client_credentials" });
if (registered.ok) {
  const { data } = registered;
  void data;
} else if (registered.status === 400) {
  const { error } = registered;
  void error;
}
`;

/** The language service, which returns what an editor shows for a name. */
const service = ts.createLanguageService({
  getCompilationSettings: () => ({
    strict: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
  }),
  getScriptFileNames: () => [file],
  getScriptVersion: () => "1",
  getScriptSnapshot: (name) => {
    if (name === file) return ts.ScriptSnapshot.fromString(program);
    return ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined;
  },
  getCurrentDirectory: () => fileURLToPath(new URL(".", import.meta.url)),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
});

const hover = (declaration: string) => {
  const at = program.indexOf(declaration) + declaration.search(/\w+( =| })/);
  const info = service.getQuickInfoAtPosition(file, at);
  return ts.displayPartsToString(info?.displayParts);
};

test("The program of these tests compiles", () => {
  expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([]);
});

test.each([
  { declaration: "const listed =", type: "V1ListRegisteredCallbacksResult" },
  { declaration: "const registered =", type: "V2RegisterCallbackResult" },
  { declaration: "const removed =", type: "V2DeregisterCallbackResult" },
  { declaration: "const token =", type: "AuthRequestTokenResult" },
  { declaration: "const { data }", type: "V2RegisterCallbackData" },
  { declaration: "const { error }", type: "V2Error" },
])("An editor shows one line, with the name $type, for $declaration", ({ declaration, type }) => {
  const shown = hover(declaration);
  expect(shown.split("\n")).toHaveLength(1);
  expect(shown).toContain(type);
});
