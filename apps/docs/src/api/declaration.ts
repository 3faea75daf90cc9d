import { type DeclarationReflection, ReflectionKind, type SignatureReflection, type SomeType } from "typedoc";
import { notesOf, textOf } from "./comment.ts";
import type { Links } from "./links.ts";
import { membersMarkdown, membersOf } from "./members.ts";
import { signatureText, typeParametersText, typeText } from "./type-text.ts";

/** Returns the description of an export in Markdown, with a heading. */
export function declarationMarkdown(reflection: DeclarationReflection, links: Links): string {
  const { name, comment, signatures } = reflection;
  const text = declarationText(reflection);
  const parts = signatures?.[0]
    ? [`## ${name}()`, ...functionMarkdown(signatures[0], links)]
    : [
        `## ${name}`,
        textOf(comment, links),
        codeBlock(text),
        links.toSentence(text, name),
        ...notesOf(comment, links),
        membersMarkdown(membersOf(reflection), links),
      ];
  return parts.filter(Boolean).join("\n\n");
}

function functionMarkdown(signature: SignatureReflection, links: Links): string[] {
  const { name, comment, parameters = [] } = signature;
  const text = `function ${name}${signatureText(signature)};`;
  return [
    codeBlock(text),
    textOf(comment, links),
    links.toSentence(text, name),
    membersMarkdown(
      parameters.filter((parameter) => parameter.comment),
      links,
    ),
    ...notesOf(comment, links),
  ];
}

/** Returns the declaration of what is more than its members: a type, a constant, a class, a generic interface. */
function declarationText(reflection: DeclarationReflection): string {
  const { name, kind, type, extendedTypes = [] } = reflection;
  const generic = name + typeParametersText(reflection.typeParameters);
  if (kind === ReflectionKind.Variable) return `const ${name}: ${breakUnion(type)};`;
  if (kind === ReflectionKind.TypeAlias)
    return isObject(type) ? "" : `type ${generic} = ${breakUnion(type)};`;
  if (kind === ReflectionKind.Class)
    return `class ${name} extends ${extendedTypes.join(", ") || "Error"} { ... }`;
  return generic === name ? "" : `interface ${generic} { ... }`;
}

const isObject = (type: SomeType | undefined) => type?.type === "reflection" && !type.declaration.signatures;

/** Writes each alternative of a long union on a line of its own, and leaves members out that are listed below. */
function breakUnion(type: SomeType | undefined): string {
  if (type?.type === "intersection")
    return type.types.map((part) => (isObject(part) ? "{ ... }" : typeText(part))).join(" & ");
  const text = typeText(type);
  if (text.length < 80 || type?.type !== "union") return text;
  return `\n  | ${type.types.map(typeText).join("\n  | ")}`;
}

const codeBlock = (text: string) => (text ? `\`\`\`ts\n${text}\n\`\`\`` : "");
