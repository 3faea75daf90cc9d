import type { LoaderContext } from "astro/loaders";
import { apiTexts } from "./api/markdown.ts";
import { changelogMarkdown } from "./changelog/markdown.ts";
import { departuresMarkdown } from "./departures/markdown.ts";
import { readText } from "./guides.ts";
import { lastChangeOf } from "./history.ts";
import { editLinkOf, project } from "./project.ts";
import { linkDepartures } from "./reference/markdown.ts";
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
  /** File or folder that the page is made from, from the root of the repository. */
  source: string;
  sidebar?: { order: number };
}

/** Adds the pages that are generated from the documents, the departures and the packages' doc comments. */
export async function generatedPages({ store, parseData, renderMarkdown, generateDigest }: LoaderContext) {
  for (const { id, body, source, ...frontmatter } of await pages()) {
    const editUrl = editLinkOf(source) ?? false;
    const lastUpdated = lastChangeOf(source);
    const data = await parseData({
      id,
      data: { ...frontmatter, editUrl, ...(lastUpdated && { lastUpdated }) },
    });
    const rendered = shortDepartureIds(await renderMarkdown(body));
    // Starlight requires the file of every page; these pages have no file.
    const filePath = `src/content/docs/${id}.md`;
    store.set({ id, data, body, filePath, rendered, digest: generateDigest(body) });
  }
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
  const workflows = await workflowsMarkdown(link);
  return [
    ...(workflows
      ? [
          {
            id: "reference/workflows",
            title: "Workflows",
            description: workflowsAre,
            body: workflows,
            source: "spec/workflows",
          },
        ]
      : []),
    {
      id: "guides/client",
      title: "Client",
      description:
        "How to use the TypeScript client: install, options, tokens, results, errors, retries, proxies and Jest.",
      body: linkDepartures(await readText({ file: "packages/client/README.md", link }), link),
      source: "packages/client/README.md",
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
      source: "packages/listener/README.md",
      sidebar: { order: 1.6 },
    },
    {
      id: "support",
      title: "Support and security",
      description: "How to get help, report a vulnerability, and what the packages promise.",
      body: [supportText(), await readText({ file: "SECURITY.md", link })].join("\n\n"),
      source: "SECURITY.md",
    },
    {
      id: "departures",
      title: "Assumptions and gaps",
      description:
        "Questions on which the public sources disagree or are silent, with the choice of these documents and its reason.",
      body: linkDepartures(await departuresMarkdown(), link),
      source: "spec/departures",
    },
    {
      id: "changelog",
      title: "API changelog",
      description: "The releases of the OpenAPI documents, with the changes that a client can notice.",
      body: await changelogMarkdown(link),
      source: "spec/releases",
    },
    ...(await apiTexts(link)).map(({ path, title, description, body }) => ({
      id: `api/${path}`,
      title,
      description,
      body: linkDepartures(body, link),
      source: `packages/${path.split("/")[0]}/src`,
    })),
  ];
}
