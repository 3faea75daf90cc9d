import { type Api, getApi } from "@thingspace-callbacks/contract";
import type { DeclarationReflection, SomeType } from "typedoc";
import { anchorOf } from "../reference/anchor.ts";
import { notesOf, textOf } from "./comment.ts";
import type { Links } from "./links.ts";
import { membersMarkdown } from "./members.ts";
import { signatureText } from "./type-text.ts";

interface Operations {
  /** Name of the API: `v1`. */
  api: string;
  /** The interface with the operations. */
  reflection: DeclarationReflection;
  links: Links;
  /** Returns a link to a page or file of the site, given its path from the site's root. */
  link: (path: string) => string;
}

/** Returns the operations of an API in Markdown, each with its body and its result written out. */
export function operationsMarkdown(operations: Operations): string {
  const { api, reflection, link } = operations;
  const introduction =
    `\`thingspace\` is a [client](${link("api/client/")}). The result of an operation is a union: check \`ok\` or ` +
    "`status` to know which alternative you have. Each alternative also has `code` and `message` of an error, `text`, " +
    `\`response\` and \`call\`: see [\`Result\`](${link("api/client/results/#result")}).`;
  const described = (reflection.children ?? []).map((operation) =>
    operationMarkdown(operation, getApi(api), operations),
  );
  return [introduction, ...described].join("\n\n");
}

function operationMarkdown(
  { name, signatures }: DeclarationReflection,
  api: Api,
  { links, link }: Operations,
): string {
  const [signature] = signatures ?? [];
  const operation = api.operations.find(({ operationId }) => operationId === name);
  if (!signature || !operation) throw new Error(`The documents have no operation ${api.name}.${name}`);
  const { comment, parameters = [], type } = signature;
  const body = parameters.find((parameter) => parameter.name === "body");
  const { method, path } = operation;
  return [
    `## ${name}`,
    codeBlock(`thingspace.${api.name}.${name}${signatureText(signature)};`),
    textOf(comment, links),
    `In the reference: [\`${method.toUpperCase()} ${path}\`](${link(`${api.name}/${anchorOf(operation)}`)}).`,
    membersMarkdown(
      parameters.filter((parameter) => parameter.comment),
      links,
    ),
    ...(body ? ["The body:", codeBlock(`type Body = ${typeWithMembers(body.type)};`)] : []),
    ...notesOf(comment, links).filter((note) => !note.startsWith("See spec/")),
    "The result:",
    codeBlock(resultText(type)),
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** Writes out `Promise<Result<Data, { 400: Error }>>`, one alternative for each status. */
function resultText(promise: SomeType | undefined): string {
  const [result] = argumentsOf(promise);
  const [data, errors] = argumentsOf(targetOf(result)?.type);
  const failures = errors?.type === "reflection" ? (errors.declaration.children ?? []) : [];
  const indent = " ".repeat(6);
  const alternatives = [
    ["ok: true;", "status: 200;", `data: ${typeWithMembers(data, indent)};`],
    ...failures.map(({ name, type }) => [
      "ok: false;",
      `status: ${name};`,
      `error: ${typeWithMembers(type, indent)};`,
    ]),
    ["ok: false;", "status: number; // any other", "error: unknown;"],
  ];
  const texts = alternatives.map(
    (members) => `  | {\n${members.map((member) => `${indent}${member}\n`).join("")}    }`,
  );
  return `type ${result} =\n${texts.join("\n")};`;
}

const argumentsOf = (type: SomeType | undefined): SomeType[] =>
  (type?.type === "reference" && type.typeArguments) || [];

/** Returns the export that a type refers to. */
const targetOf = (type: SomeType | undefined): DeclarationReflection | undefined =>
  type?.type === "reference" ? (type.reflection as DeclarationReflection | undefined) : undefined;

/** Returns a type in which each name of an export is replaced by its members. */
function typeWithMembers(type: SomeType | undefined, indent = ""): string {
  if (type?.type === "array") return `${typeWithMembers(type.elementType, indent)}[]`;
  const target = targetOf(type);
  if (target?.type) return typeWithMembers(target.type, indent);
  const members = target?.children ?? (type?.type === "reflection" && type.declaration.children);
  if (!members) return String(type);
  const lines = members.map(
    ({ name, flags, type: own }) =>
      `${indent}  ${name}${flags.isOptional ? "?" : ""}: ${typeWithMembers(own, `${indent}  `)};\n`,
  );
  return lines.length > 0 ? `{\n${lines.join("")}${indent}}` : "{}";
}

const codeBlock = (text: string) => `\`\`\`ts\n${text}\n\`\`\``;
