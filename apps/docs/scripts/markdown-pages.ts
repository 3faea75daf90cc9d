import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { apis } from "@thingspace-callbacks/contract";
import { fromHtml } from "hast-util-from-html";
import { select, selectAll } from "hast-util-select";
import { defaultHandlers, type Handle, toMdast } from "hast-util-to-mdast";
import { toString as textOf } from "hast-util-to-string";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";
import { markdownFileOf } from "../src/markdown-files.ts";
import { root } from "../src/root.ts";
import { filesOf, output, upFrom } from "./output.ts";

/** A page in Markdown. */
export interface MarkdownPage {
  /** File in dist: `guides/errors.md`. */
  file: string;
  /** Text, whose links begin with `root`. */
  text: string;
}

const documentFiles = apis.map(({ name }) => markdownFileOf(name));

/** Writes each page in Markdown beside it, except the documents, which machines.ts writes. Returns the pages. */
export async function markdownPages(): Promise<MarkdownPage[]> {
  const written: MarkdownPage[] = [];
  for (const html of await filesOf("**/index.html")) {
    const path = html.replace(/\/?index\.html$/, "");
    const file = markdownFileOf(path);
    if (file === undefined || documentFiles.includes(file)) continue;
    const text = pageToMarkdown(await readFile(output(html), "utf8"), path);
    await mkdir(dirname(output(file)), { recursive: true });
    await writeFile(output(file), text.replaceAll(root, upFrom(file)));
    written.push({ file, text });
  }
  return written;
}

/** Returns the content of a page in Markdown, whose links begin with `root`. */
export function pageToMarkdown(html: string, path: string): string {
  const page = fromHtml(html);
  const title = select("h1", page);
  const content = select(".sl-markdown-content", page);
  if (!title || !content) throw new Error(`${path} has no title or no content`);
  for (const link of selectAll("a[href]", content))
    link.properties["href"] = toMarkdownLink(String(link.properties["href"]), path);
  const body = toMdast(content, { handlers });
  const markdown = toMarkdown(body as Parameters<typeof toMarkdown>[0], {
    extensions: [gfmTableToMarkdown({ tablePipeAlign: false })],
    bullet: "-",
    emphasis: "_",
    rule: "-",
  });
  return `# ${textOf(title)}\n\n${markdown}`;
}

/** Returns a link of a page as one of the site's Markdown: to the same part of the other page in Markdown. */
function toMarkdownLink(href: string, page: string): string {
  if (/^[a-z]+:/.test(href)) return href;
  const { pathname, hash } = new URL(href, `http://site/${page}${page && "/"}`);
  const target = pathname.slice(1);
  const isPage = target === "" || target.endsWith("/");
  const file = isPage ? markdownFileOf(target.replace(/\/$/, "")) : target;
  // The anchors of Redoc begin with a slash, and the Markdown does not have them.
  return root + file + (hash.startsWith("#/") ? "" : hash);
}

const ignore: Handle = () => undefined;

/** What Markdown does not have, or has in another way than the HTML of the site. */
const handlers: Record<string, Handle> = {
  button: ignore,
  fieldset: ignore,
  svg: ignore,
  script: ignore,
  style: ignore,
  /** The anchors beside headings are for the mouse. */
  a: (state, node) => (hasClass(node, "sl-anchor-link") ? undefined : defaultHandlers.a(state, node)),
  /** The caption of a block of code: its title, if it has one. */
  figcaption(_state, node) {
    const title = selectAll(".title", node).map(textOf).join("");
    return title
      ? { type: "paragraph", children: [{ type: "strong", children: [{ type: "text", value: title }] }] }
      : undefined;
  },
  pre(state, node) {
    const lines = selectAll(".ec-line", node);
    if (lines.length === 0) return defaultHandlers.pre(state, node);
    const value = lines.map((line) => textOf(line).replace(/\n$/, "")).join("\n");
    return { type: "code", lang: String(node.properties["dataLanguage"] ?? ""), value };
  },
};

type Element = Parameters<Handle>[1];

const hasClass = ({ properties }: Element, name: string) =>
  Array.isArray(properties["className"]) && properties["className"].includes(name);
