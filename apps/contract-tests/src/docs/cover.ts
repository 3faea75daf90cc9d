import { textOf } from "./site.ts";

/** Returns pages that together have every element, class and inline style that occurs in any of some pages. */
export async function findCover(paths: string[]): Promise<string[]> {
  const kinds = await Promise.all(paths.map(async (path) => ({ path, names: await listKinds(path) })));
  const missing = new Set(kinds.flatMap(({ names }) => names));
  const cover: string[] = [];
  while (missing.size > 0) {
    const rest = kinds.map(({ path, names }) => ({ path, names: names.filter((name) => missing.has(name)) }));
    const [most] = rest.toSorted((one, other) => other.names.length - one.names.length);
    if (!most) break;
    cover.push(most.path);
    for (const name of most.names) missing.delete(name);
  }
  return cover;
}

/** Lists what a page is made of, such as `table`, `table.compare` and `span --0:#8250DF`. */
async function listKinds(path: string): Promise<string[]> {
  const html = (await textOf(`${path}index.html`)).replace(/<(script|style)\b.*?<\/\1>/gs, "");
  const kinds = new Set<string>();
  for (const [, element = "", attributes = ""] of html.matchAll(/<([a-z][\w-]*)([^>]*)>/g)) {
    kinds.add(element);
    const read = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
    for (const name of read("class").split(/\s+/)) kinds.add(`${element}.${name}`);
    if (element === "span") kinds.add(`${element} ${read("style")}`);
  }
  return [...kinds];
}
