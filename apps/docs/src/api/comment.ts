import type { Comment, CommentDisplayPart, Reflection } from "typedoc";
import type { Links } from "./links.ts";

/** Returns the parts of a doc comment as Markdown. */
export function partsMarkdown(parts: readonly CommentDisplayPart[], links: Links): string {
  return parts
    .map((part) => {
      if (part.kind !== "inline-tag") return part.text;
      const place = typeof part.target === "object" ? links.find(part.target as Reflection) : undefined;
      return place ? `[\`${part.text}\`](${place.href})` : `\`${part.text}\``;
    })
    .join("")
    .trim();
}

/** Returns the text of a doc comment; openapi-typescript writes it into a tag. */
export function textOf(comment: Comment | undefined, links: Links): string {
  const description = comment?.getTag("@description");
  return partsMarkdown(description?.content ?? comment?.summary ?? [], links);
}

/** Returns what a doc comment says besides its text, in paragraphs: what is returned and thrown, and the examples. */
export function notesOf(comment: Comment | undefined, links: Links): string[] {
  return [
    ...contentsOf(comment, "@returns", links).map((text) => `Returns ${lowerFirst(text)}`),
    ...(comment?.getTags("@throws") ?? []).map(
      ({ content, typeAnnotation }) => `Throws ${errorName(typeAnnotation)}${partsMarkdown(content, links)}`,
    ),
    ...contentsOf(comment, "@example", links).map(exampleMarkdown),
    ...contentsOf(comment, "@see", links).map((text) => `See ${linkAddress(text)}.`),
  ];
}

/** Returns the default value that a doc comment names. */
export const defaultOf = (comment: Comment | undefined, links: Links): string | undefined =>
  contentsOf(comment, "@default", links)[0]
    ?.replace(/^```\w*\n|\n```$/g, "")
    .trim();

function contentsOf(comment: Comment | undefined, tag: `@${string}`, links: Links): string[] {
  return (comment?.getTags(tag) ?? []).map(({ content }) => partsMarkdown(content, links)).filter(Boolean);
}

/** The example of a member is a value, which fits into a line. */
function exampleMarkdown(text: string): string {
  const [, code] = /^```\w*\n(.*)\n```$/s.exec(text) ?? [];
  if (code === undefined) return `Example: \`${text}\``;
  return code.includes("\n") || /;$/.test(code) ? text : `Example: \`\`${code}\`\``;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Returns the error that a doc comment names in braces: `{OptionError}`. */
const errorName = (annotation: string | undefined) =>
  annotation ? `\`${annotation.replace(/[{}]/g, "")}\` ` : "";

const linkAddress = (text: string) => (/^https?:\S+$/.test(text) ? `<${text}>` : text);
