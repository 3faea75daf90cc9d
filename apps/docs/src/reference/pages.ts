import { type Api, listOperations } from "@thingspace-callbacks/contract";
import type { LoaderContext } from "astro/loaders";
import { root } from "../root.ts";
import { anchorOf } from "./anchor.ts";
import { references, withFewSamples } from "./documents.ts";
import { operationsMarkdown } from "./markdown.ts";

type RenderedContent = Awaited<ReturnType<LoaderContext["renderMarkdown"]>>;

/** Loads the reference of each document, which a reader sees at once, without a script. */
export async function referencePages({ store, parseData, renderMarkdown, generateDigest }: LoaderContext) {
  // The store keeps an entry whose text is the same, although the functions below may have changed.
  store.clear();
  for (const reference of references((path) => root + path)) {
    const { name: id, api } = reference;
    const body = operationsMarkdown(withFewSamples(reference));
    const rendered = withSections(await renderMarkdown(body), api);
    store.set({ id, data: await parseData({ id, data: {} }), body, rendered, digest: generateDigest(body) });
  }
}

/**
 * Makes a section of each operation, which the browser lays out when it is near the window: the whole of a document is too much
 * at once. The headings get Redoc's anchors, too, so that one link leads to an operation in both views.
 */
function withSections({ html, metadata }: RenderedContent, api: Api): RenderedContent {
  const operations = new Map(
    listOperations(api).map((operation) => {
      const heading = metadata?.headings?.find(({ text }) => text === operation.summary);
      return [heading?.slug, operation];
    }),
  );
  const [introduction, ...parts] = html.split(/(?=<h2 id=")/);
  const sections = parts.map((part) => {
    const [start = "", slug] = /^<h2 id="(.*?)">/.exec(part) ?? [];
    const operation = operations.get(slug);
    if (!operation) return part;
    operations.delete(slug);
    return [
      `<section class="operation" style="--height: ${estimateHeight(part)}">`,
      `${start}<span id="${anchorOf(operation).slice(1)}"></span>`,
      `${part.slice(start.length)}</section>`,
    ].join("");
  });
  if (operations.size > 0)
    throw new Error(
      `No section of ${api.name} has the heading of ${[...operations.values()][0]?.operationId}`,
    );
  return { html: [introduction, ...sections].join(""), ...(metadata && { metadata }) };
}

/** Estimates the height of a section in px in a large window, so that the page has nearly its length before the browser lays the section out. */
function estimateHeight(html: string): number {
  const count = (pattern: RegExp) => html.match(pattern)?.length ?? 0;
  return count(/class="ec-line"/g) * 25 + count(/<tr>/g) * 60 + count(/<p>|<figure/g) * 50 + 100;
}
