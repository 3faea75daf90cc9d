import type { Operation } from "@thingspace-callbacks/contract";
import type { LoaderContext } from "astro/loaders";
import { entries } from "./api/markdown.ts";
import { departuresMarkdown } from "./departures/markdown.ts";
import { references } from "./reference/documents.ts";
import { linkDepartures, type Reference, referenceMarkdown } from "./reference/markdown.ts";
import { root } from "./root.ts";
import { workflowsMarkdown } from "./workflows/markdown.ts";

const workflowsAre =
  "The life of a registration in each generation, step by step, as documents that can be run (Arazzo).";

type RenderedContent = Awaited<ReturnType<LoaderContext["renderMarkdown"]>>;

interface Page {
  id: string;
  title: string;
  description: string;
  body: string;
  /** Whether the search leads here. The plain reference is left out, because the search leads to the reference itself. */
  pagefind?: boolean;
}

/** Adds the pages that are made from the documents, the departures and the packages' doc comments. */
export async function generatedPages({ store, parseData, renderMarkdown, generateDigest }: LoaderContext) {
  for (const { id, body, ...frontmatter } of await pages()) {
    const data = await parseData({ id, data: frontmatter });
    const rendered = shortDepartureIds(await renderMarkdown(body));
    // Starlight asks every page for its file; these have none.
    const filePath = `src/content/docs/${id}.md`;
    store.set({ id, data, body, filePath, rendered, digest: generateDigest(body) });
  }
}

/** `listener/testing` is "Listener API: testing". */
function titleOf(path: string): string {
  const [name = "", ...rest] = path.split("/");
  return [`${name.charAt(0).toUpperCase()}${name.slice(1)} API`, ...rest].join(": ");
}

/** The heading "D5: List with nothing registered" is found as `#d5`, whatever follows the number. */
function shortDepartureIds(rendered: RenderedContent): RenderedContent {
  const short = (slug: string) => slug.replace(/^(d[0-9]+)-.*/, "$1");
  const headings = rendered.metadata?.headings?.map((heading) => ({ ...heading, slug: short(heading.slug) }));
  return {
    html: rendered.html.replace(/(<h2 id=")([^"]+)/g, (_, before, slug) => before + short(slug)),
    metadata: { ...rendered.metadata, ...(headings && { headings }) },
  };
}

/** Five samples of each operation would bury what it is about. */
const shown =
  ({ samples }: Reference) =>
  (operation: Operation) =>
    samples(operation).filter(({ label }) => label === "TypeScript" || label === "curl");

const whichSamples = ({ name, link }: Reference) =>
  `Samples are in TypeScript and curl here; [the reference](${link(`${name}/`)}), which needs JavaScript, and ` +
  `[the Markdown file](${link(`reference/${name}.md`)}) have Python, C# and Ruby, too.`;

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
      id: "departures",
      title: "Departures",
      description: "Where the public sources disagree or are silent, what these documents say, and why.",
      body: linkDepartures(await departuresMarkdown(), link),
    },
    ...(await entries()).map(({ path, module, body }) => ({
      id: `api/${path}`,
      title: titleOf(path),
      description: `What the package exports as ${module}.`,
      body: linkDepartures(body, link),
    })),
  ];
}
