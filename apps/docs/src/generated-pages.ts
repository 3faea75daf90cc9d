import type { Operation } from "@thingspace-callbacks/contract";
import type { LoaderContext } from "astro/loaders";
import { entries } from "./api/markdown.ts";
import { changelogMarkdown } from "./changelog/markdown.ts";
import { departuresMarkdown } from "./departures/markdown.ts";
import { readText } from "./guides.ts";
import { project } from "./project.ts";
import { references } from "./reference/documents.ts";
import { linkDepartures, type Reference, referenceMarkdown } from "./reference/markdown.ts";
import { root } from "./root.ts";
import { workflowsMarkdown } from "./workflows/markdown.ts";

const workflowsAre =
  "Arazzo documents that you can run: each registers, lists, changes and deregisters a callback in one generation.";

type RenderedContent = Awaited<ReturnType<LoaderContext["renderMarkdown"]>>;

interface Page {
  id: string;
  title: string;
  description: string;
  body: string;
  /** True if the search index contains the page. It does not contain the plain reference, because it has Redoc's pages. */
  pagefind?: boolean;
  sidebar?: { order: number };
}

/** Adds the pages that are generated from the documents, the departures and the packages' doc comments. */
export async function generatedPages({ store, parseData, renderMarkdown, generateDigest }: LoaderContext) {
  for (const { id, body, ...frontmatter } of await pages()) {
    const data = await parseData({ id, data: frontmatter });
    const rendered = shortDepartureIds(await renderMarkdown(body));
    // Starlight requires the file of every page; these pages have no file.
    const filePath = `src/content/docs/${id}.md`;
    store.set({ id, data, body, filePath, rendered, digest: generateDigest(body) });
  }
}

/** Returns the title of an API page: "Listener API: testing" for `listener/testing`. */
function titleOf(path: string): string {
  const [name = "", ...rest] = path.split("/");
  return [`${name.charAt(0).toUpperCase()}${name.slice(1)} API`, ...rest].join(": ");
}

/** Shortens the anchor of the heading "D5: List with nothing registered" to `#d5`, so that links survive a new subject. */
function shortDepartureIds(rendered: RenderedContent): RenderedContent {
  const short = (slug: string) => slug.replace(/^(d[0-9]+)-.*/, "$1");
  const headings = rendered.metadata?.headings?.map((heading) => ({ ...heading, slug: short(heading.slug) }));
  return {
    html: rendered.html.replace(/(<h2 id=")([^"]+)/g, (_, before, slug) => before + short(slug)),
    metadata: { ...rendered.metadata, ...(headings && { headings }) },
  };
}

/** Keeps two of the samples of each operation, so that the page stays readable. */
const shown =
  ({ samples }: Reference) =>
  (operation: Operation) =>
    samples(operation).filter(({ label }) => label === "TypeScript" || label === "curl");

const whichSamples = ({ name, link }: Reference) =>
  `This page has samples in TypeScript and curl. [The reference](${link(`${name}/`)}), which needs JavaScript, and ` +
  `[the Markdown file](${link(`reference/${name}.md`)}) also have samples in Python, Java, Go, C#, PHP and Ruby.`;

/** Says where to get help. The address of the repository is unknown until it is set. */
function supportText(): string {
  const issues = project.source
    ? `[the issues of the repository](${project.source}/issues)`
    : "the issues of the repository";
  return [
    "## Get help",
    `Report a bug or ask a question in ${issues}. Say which version you use (this is ${project.version}), what you sent without tokens and passwords, and what you expected.`,
    "This project is unofficial. Verizon's support does not know it, but unlocks users and answers questions about the real service.",
    `The packages have the ${project.license} license.`,
  ].join("\n\n");
}

async function pages(): Promise<Page[]> {
  const link = (path: string) => root + path;
  const plain = references(link).map((reference) => ({
    id: `reference/${reference.name}`,
    title: `${reference.api.title}, in plain text`,
    description: `Every operation and message: ${reference.api.summary}`,
    body: [whichSamples(reference), referenceMarkdown({ ...reference, samples: shown(reference) })].join(
      "\n\n",
    ),
    pagefind: false,
  }));
  const workflows = await workflowsMarkdown(link);
  return [
    ...plain,
    ...(workflows
      ? [{ id: "reference/workflows", title: "Workflows", description: workflowsAre, body: workflows }]
      : []),
    {
      id: "guides/client",
      title: "Client",
      description:
        "How to use the TypeScript client: install, options, tokens, results, errors, retries, proxies and Jest.",
      body: linkDepartures(await readText({ file: "packages/client/README.md", link }), link),
      sidebar: { order: 1.5 },
    },
    {
      id: "guides/listener",
      title: "Listener",
      description:
        "How to use the TypeScript listener: verification, handlers, retries, inbox, metrics, platforms and tests.",
      body: linkDepartures(
        await readText({ file: "packages/listener/README.md", without: ["Performance"], link }),
        link,
      ),
      sidebar: { order: 1.6 },
    },
    {
      id: "support",
      title: "Support and security",
      description: "How to get help, report a vulnerability, and what the packages promise.",
      body: [supportText(), await readText({ file: "SECURITY.md", link })].join("\n\n"),
    },
    {
      id: "departures",
      title: "Assumptions and gaps",
      description:
        "Questions on which the public sources disagree or are silent, with the choice of these documents and its reason.",
      body: linkDepartures(await departuresMarkdown(), link),
    },
    {
      id: "changelog",
      title: "API changelog",
      description: "The releases of the OpenAPI documents, with the changes that a client can notice.",
      body: await changelogMarkdown(link),
    },
    ...(await entries(link)).map(({ path, module, body }) => ({
      id: `api/${path}`,
      title: titleOf(path),
      description: `Functions and types that the package exports as ${module}.`,
      body: linkDepartures(body, link),
    })),
  ];
}
