import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { markdownFileOf } from "../src/markdown-files.ts";
import { fileOf, forms, references, withFewSamples } from "../src/reference/documents.ts";
import { referenceMarkdown } from "../src/reference/markdown.ts";
import { root } from "../src/root.ts";
import { site } from "../src/site.ts";
import { workflowFile, workflowNames } from "../src/workflows/markdown.ts";
import { markdownPages } from "./markdown-pages.ts";
import { filesOf, output } from "./output.ts";

interface Page {
  path: string;
  title: string;
  description: string;
}

const summary =
  "The callback registration APIs of Verizon ThingSpace (FOTA): client, listener, mock, reference. Unofficial.";

/** Writes the files for programs: the documents, each page in Markdown, llms.txt, llms-full.txt and sitemap.xml. */
export async function machineFiles(): Promise<void> {
  const documents = references((path) => `../${path}`);
  await mkdir(output("openapi"), { recursive: true });
  for (const reference of documents) {
    const { name, api } = reference;
    for (const { form } of forms) {
      await copyFile(fileOf(name, form), output(`openapi/${name}.${form}`));
    }
    await writeFile(output(`reference/${name}.md`), `# ${api.title}\n\n${referenceMarkdown(reference)}\n`);
  }

  await mkdir(output("workflows"), { recursive: true });
  for (const name of workflowNames()) {
    // The site has the documents in another folder than spec/ has them.
    const text = (await readFile(workflowFile(name), "utf8")).replace(
      /\.\.\/(\w+)\/openapi\.yaml/g,
      "../openapi/$1.yaml",
    );
    await writeFile(output(`workflows/${name}.arazzo.yaml`), text);
  }

  const pages = await Promise.all((await filesOf("**/index.html")).map(pageOf));
  const guides = pages.filter(({ path }) => !documents.some(({ name }) => path === `${name}/`));
  const entries = documents.map(({ name, api: { title, summary } }) => ({
    path: name,
    title,
    description: summary,
  }));
  await writeFile(
    output("llms.txt"),
    [
      "# ThingSpace Callbacks",
      `> ${summary}`,
      [
        "## Reference",
        ...entries.map((entry) => line({ ...entry, path: `reference/${entry.path}.md` })),
      ].join("\n"),
      [
        "## OpenAPI documents",
        ...entries.map((entry) => line({ ...entry, path: `openapi/${entry.path}.yaml` })),
      ].join("\n"),
      [
        "## Guides and packages",
        "All pages in one file: [llms-full.txt](llms-full.txt).",
        "",
        ...guides.map(({ path, ...page }) =>
          line({ ...page, path: markdownFileOf(path.replace(/\/$/, "")) ?? path }),
        ),
      ].join("\n"),
      "",
    ].join("\n\n"),
  );
  const texts = (await markdownPages()).map(({ text }) => text.replaceAll(root, "./"));
  const referenceTexts = references((path) => `./${path}`).map(
    (reference) => `# ${reference.api.title}\n\n${referenceMarkdown(withFewSamples(reference))}\n`,
  );
  await writeFile(
    output("llms-full.txt"),
    ["# ThingSpace Callbacks: all pages\n", `> ${summary}\n`, ...texts, ...referenceTexts].join("\n"),
  );
  const locations = pages.map(({ path }) => `<url><loc>${new URL(path, site.href)}</loc></url>\n`);
  await writeFile(
    output("sitemap.xml"),
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${locations.join("")}</urlset>\n`,
  );
}

async function pageOf(file: string): Promise<Page> {
  const html = await readFile(output(file), "utf8");
  const first = (pattern: RegExp) => pattern.exec(html)?.[1] ?? "";
  return {
    path: file.replace(/index\.html$/, ""),
    title: first(/<title>(.*?)(?: \| .*)?<\/title>/),
    description: first(/<meta name="description" content="(.*?)"/),
  };
}

const line = ({ path, title, description }: Page) =>
  `- [${title}](${path || "./"})${description && `: ${description}`}`;
