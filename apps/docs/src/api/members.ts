import { type DeclarationReflection, type ParameterReflection, ReflectionKind, type SomeType } from "typedoc";
import { defaultOf, notesOf, textOf } from "./comment.ts";
import type { Links } from "./links.ts";
import { signatureText, typeText } from "./type-text.ts";

type Member = DeclarationReflection | ParameterReflection;

/** Returns the members of an interface or class, its own before the inherited ones, and those of the objects that a type alias is made of. */
export function membersOf({ children, type }: DeclarationReflection): DeclarationReflection[] {
  // A member of several alternatives is described once, where it has a comment.
  const named = Map.groupBy(children ?? objectMembersOf(type), ({ name }) => name);
  return [...named.values()]
    .flatMap((same) => same.find(({ comment }) => comment) ?? same[0] ?? [])
    .filter(({ kind }) => kind !== ReflectionKind.Constructor)
    .sort((one, other) => Number(Boolean(one.inheritedFrom)) - Number(Boolean(other.inheritedFrom)));
}

function objectMembersOf(type: SomeType | undefined): DeclarationReflection[] {
  if (type?.type === "reflection") return type.declaration.children ?? [];
  return type?.type === "union" || type?.type === "intersection" ? type.types.flatMap(objectMembersOf) : [];
}

/** Returns members or parameters as a list: name and type, then what they are. */
export function membersMarkdown(members: Member[], links: Links): string {
  if (members.length === 0) return "";
  const items = members.map((member) => `<li>\n\n${memberMarkdown(member, links)}\n\n</li>`);
  return `<ul class="members">\n${items.join("\n")}\n</ul>`;
}

function memberMarkdown(member: Member, links: Links): string {
  const signature = "signatures" in member ? member.signatures?.[0] : undefined;
  const comment = signature?.comment ?? member.comment;
  const value = defaultOf(comment, links);
  const isOptional =
    member.flags.isOptional ||
    (member.kind === ReflectionKind.Parameter && member.defaultValue !== undefined);
  const term = [
    `<code class="name">${member.name}${isOptional ? "?" : ""}</code>`,
    links.toCode(signature ? signatureText(signature) : typeText(member.type)),
    // A default in words has code of its own.
    value && `Default: ${value.includes("`") ? value : `\`${value}\``}`,
  ];
  const parameters = (signature?.parameters ?? [])
    .filter((parameter) => parameter.comment?.summary.length)
    .map((parameter) => `- \`${parameter.name}\`: ${textOf(parameter.comment, links)}`)
    .join("\n");
  return [term.filter(Boolean).join(" "), textOf(comment, links), parameters, ...notesOf(comment, links)]
    .filter(Boolean)
    .join("\n\n");
}
