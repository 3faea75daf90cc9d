import { type DeclarationReflection, ReflectionKind } from "typedoc";
import { notesOf, textOf } from "./comment.ts";
import { declarationMarkdown } from "./declaration.ts";
import { Links } from "./links.ts";
import { operationsMarkdown } from "./operations.ts";
import { type Entry, readEntries } from "./packages.ts";
import type { ApiPage } from "./page.ts";
import { apiPages } from "./pages.ts";

/** A page about some exports of a package, in Markdown. */
export interface ApiText extends ApiPage {
  body: string;
}

/** Returns the pages about the packages. Each export has exactly one place. */
export async function apiTexts(link: (path: string) => string): Promise<ApiText[]> {
  const entries = await readEntries();
  return apiPages.flatMap(({ pages }) => {
    const shown = pages.map((page) => ({ page, ...exportsOf(page, entries) }));
    demandAll(entries, shown);
    const links = new Links();
    for (const { page, exports } of shown) {
      for (const reflection of exports)
        links.add(reflection, link(`api/${page.path}/${anchorOf(page, reflection)}`));
    }
    return shown.map(({ page, entry, exports }) => ({
      ...page,
      body: lessFound(pageMarkdown(page, { entry, exports, links, link })),
    }));
  });
}

function exportsOf(page: ApiPage, entries: Entry[]) {
  const { path, module = path, names, operations } = page;
  const entry = entries.find((candidate) => candidate.path === module);
  if (!entry) throw new Error(`There is no entry point ${module}`);
  if (operations) return { entry, exports: entry.exports.filter(({ name }) => belongsTo(operations, name)) };
  const exports = names?.map((name) => {
    const found = entry.exports.find((candidate) => candidate.name === name);
    if (!found) throw new Error(`${module} does not export ${name}, which the page ${path} names`);
    return found;
  });
  return { entry, exports: exports ?? mainFirst(entry.exports) };
}

/** Returns true if an export is a type of an API's operations: `V1Operations`, or `V1RegisterCallbackResult`. */
const belongsTo = (api: string, name: string) => new RegExp(`^${api}[A-Z]`, "i").test(name);

/** Puts the functions, which readers look for, before the types. */
function mainFirst(exports: DeclarationReflection[]): DeclarationReflection[] {
  const isFunction = ({ signatures }: DeclarationReflection) => signatures !== undefined;
  return [...exports.filter(isFunction), ...exports.filter((reflection) => !isFunction(reflection))];
}

function demandAll(entries: Entry[], shown: { entry: Entry; exports: DeclarationReflection[] }[]): void {
  const ids = new Set(shown.flatMap(({ exports }) => exports.map(({ id }) => id)));
  for (const { module, exports } of entries.filter((entry) => shown.some((page) => page.entry === entry))) {
    const missing = exports.filter(({ id }) => !ids.has(id)).map(({ name }) => name);
    if (missing.length > 0)
      throw new Error(`No page shows ${missing.join(", ")} of ${module}: see the pages in src/api`);
  }
}

/** Returns the anchor of an export: its heading, or that of the operation which it belongs to. */
function anchorOf({ operations }: ApiPage, { name }: DeclarationReflection): string {
  if (!operations) return `#${name.toLowerCase()}`;
  const [, operation] =
    new RegExp(`^${operations}([A-Z]\\w+?)(Data|Item|Request|Result)$`, "i").exec(name) ?? [];
  return operation ? `#${operation.toLowerCase()}` : "";
}

/** Lets the search show guides before these pages, which use the same words more often. */
const lessFound = (text: string) => `<div data-pagefind-weight="0.2">\n\n${text}\n\n</div>`;

interface PageContent {
  entry: Entry;
  exports: DeclarationReflection[];
  links: Links;
  link: (path: string) => string;
}

function pageMarkdown({ path, operations }: ApiPage, { entry, exports, links, link }: PageContent): string {
  const reflection = exports.find(({ name }) => name.toLowerCase() === `${operations}operations`);
  if (operations && reflection) return operationsMarkdown({ api: operations, reflection, links, link });
  const { comment } = entry.reflection;
  return [
    importText(entry, exports),
    ...(path === entry.path ? [textOf(comment, links), ...notesOf(comment, links)] : []),
    ...exports.map((declared) => declarationMarkdown(declared, links)),
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** Returns the statement that imports what a page is about: its functions if it begins with one, otherwise everything. */
function importText({ module }: Entry, exports: DeclarationReflection[]): string {
  const isValue = ({ kind }: DeclarationReflection) =>
    [ReflectionKind.Function, ReflectionKind.Class, ReflectionKind.Variable].includes(kind);
  const imported = exports[0] && isValue(exports[0]) ? exports.filter(isValue) : exports;
  const names = imported.map((reflection) => (isValue(reflection) ? "" : "type ") + reflection.name);
  const line = names.join(", ");
  const list = line.length > 60 ? `{\n  ${names.join(",\n  ")},\n}` : `{ ${line} }`;
  return `\`\`\`ts\nimport ${list} from "${module}";\n\`\`\``;
}
