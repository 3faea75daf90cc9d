import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** A text of the repository that the site shows as a page. */
interface Text {
  /** File, from the root of the repository. */
  file: string;
  /** Headings of sections that the page leaves out. */
  without?: string[];
  /** Returns a link to a page or file of the site, given its path from the site's root. */
  link: (path: string) => string;
}

/**
 * Returns a Markdown file of the repository for the site: without its title, which the page has, and without the links to
 * files that the site does not have.
 */
export async function readText({ file, without = [], link }: Text): Promise<string> {
  const path = fileURLToPath(new URL(`../../../${file}`, import.meta.url));
  const [introduction = "", ...sections] = (await readFile(path, "utf8"))
    .replace(/^# .*\n/, "")
    .trim()
    .split(/^(?=## )/m);
  const kept = sections.filter(
    (section) => !without.some((heading) => section.startsWith(`## ${heading}\n`)),
  );
  return [introduction, ...kept]
    .join("")
    .replace(/\[([^\]]+)\]\(([^)#][^)]*)\)/g, (whole, label: string, target: string) => {
      if (/^https?:/.test(target)) return whole;
      if (target.endsWith("DEPARTURES.md")) return `[${label}](${link("departures/")})`;
      const folder = file.replace(/[^/]*$/, "");
      return `\`${new URL(target, `file:///${folder}`).pathname.slice(1)}\``;
    });
}
