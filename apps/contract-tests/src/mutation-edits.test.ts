import { expect, test } from "vitest";
import { copyResponse, removeAt, replaceEnd, requireMember } from "../mutations/edits/document.ts";
import { MutationError } from "../mutations/edits/edit.ts";
import {
  inFunction,
  isArgument,
  isCallOf,
  isConditionFor,
  isElse,
  isListOfLoop,
  isMember,
  isTrue,
  lastInFunction,
  setParameter,
} from "../mutations/edits/source.ts";
import { addLineAfterCommand, replaceWord } from "../mutations/edits/text.ts";

const source = `
function login(header, { user }) {
  if (!header) return "missing";
  for (const one of user) { count(one); record(user); }
  return header ? { user: 1 } : true;
}
const other = { logout: () => (a ? b : c) };
`;
const document =
  'paths:\n  /a:\n    get:\n      operationId: list\n      required: [a]\n      responses:\n        "400": {}\n';
const markdown = "x\n```console\n$ run it\nout\n```\ny\n";

test.each([
  {
    does: "shortens a loop",
    edit: inFunction("login", isListOfLoop, (list) => `${list}.slice(1)`),
    has: "of user.slice(1)",
  },
  { does: "replaces a call", edit: inFunction("login", isCallOf("count"), () => "0"), has: "{ 0; record" },
  {
    does: "replaces an argument",
    edit: inFunction("login", isArgument("one"), () => "two"),
    has: "count(two)",
  },
  {
    does: "replaces a member",
    edit: inFunction("login", isMember("user"), () => "name: 1"),
    has: "{ name: 1 }",
  },
  { does: "replaces true", edit: inFunction("login", isTrue, () => "false"), has: ": false" },
  {
    does: "replaces a condition",
    edit: inFunction("login", isConditionFor("missing"), () => "0"),
    has: "if (0)",
  },
  {
    does: "finds a function by its member",
    edit: lastInFunction("logout", isElse, () => "d"),
    has: "a ? b : d",
  },
  { does: "sets a parameter", edit: setParameter("login", "header", "0"), has: "{ header = 0;" },
])("A mutation of a source $does", ({ edit, has }) => {
  expect(edit(source)).toContain(has);
});

test.each([
  { does: "copies a response", edit: copyResponse("list", "400", "429"), has: "429" },
  { does: "requires a member", edit: requireMember(["paths", "/a", "get"], "b"), has: "[ a, b ]" },
  { does: "replaces the end of a value", edit: replaceEnd("ist", "ast"), has: "operationId: last" },
])("A mutation of a document $does", ({ edit, has }) => {
  expect(edit(document)).toContain(has);
});

test("A mutation of a document removes a member", () => {
  expect(removeAt(["paths", "/a", "get", "required"])(document)).not.toContain("required");
});

test("A mutation of a text replaces a word, and adds a line to the output of a command", () => {
  expect(replaceWord("out", "in")(markdown)).toContain("in\n");
  expect(addLineAfterCommand("run it", "more")(markdown)).toContain("out\nmore\n```\ny");
});

test.each([
  { lacks: "the function", edit: inFunction("logIn", isTrue, () => ""), text: source },
  { lacks: "the place", edit: inFunction("login", isCallOf("gone"), () => ""), text: source },
  { lacks: "any such place", edit: lastInFunction("login", isCallOf("gone"), () => ""), text: source },
  { lacks: "the parameter", edit: setParameter("login", "gone", "0"), text: source },
  { lacks: "the operation", edit: copyResponse("gone", "400", "429"), text: document },
  { lacks: "the response", edit: copyResponse("list", "401", "429"), text: document },
  { lacks: "required members", edit: requireMember(["paths", "/a"], "b"), text: document },
  { lacks: "the path", edit: removeAt(["paths", "/b"]), text: document },
  { lacks: "the value", edit: replaceEnd("gone", ""), text: document },
  { lacks: "the word", edit: replaceWord("gone", ""), text: markdown },
  { lacks: "the command", edit: addLineAfterCommand("gone", ""), text: markdown },
])("A mutation of a text that lacks $lacks is an error", ({ edit, text }) => {
  expect(() => edit(text)).toThrow(MutationError);
});

test("A mutation that could be made at two places is an error", () => {
  const edit = inFunction("login", isCallOf("f"), () => "");
  expect(() => edit("function login() { f(); f(); }")).toThrow(MutationError);
  expect(() => edit("function login() { f(); } function login() {}")).toThrow(MutationError);
});
