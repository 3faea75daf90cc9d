import { followTheme } from "./theme.ts";

/** The module of Redoc's script. */
interface Redoc {
  init(document: object, options: object, element: HTMLElement): Promise<unknown>;
}

/** The content of a page of the reference, as the build writes it. */
export interface RedocPage {
  document: { paths: Record<string, Record<string, { operationId?: string; description?: string }>> };
  options: object;
}

/** Loads Redoc and shows a document with it. Resolves when the last of the sections, which have these ids, is there. */
export async function mountRedoc(
  element: HTMLElement,
  { script, content, sections, change }: RedocSource,
): Promise<void> {
  const [{ init }, page] = await Promise.all([
    import(/* @vite-ignore */ absolute(script)) as Promise<Redoc>,
    fetch(absolute(content)).then((response) => response.json() as Promise<RedocPage>),
  ]);
  change(page.document);
  followTheme();
  await init(page.document, page.options, element);
  await hasSections(element, sections);
}

export interface RedocSource {
  /** Address of Redoc's script, from the root of the site. */
  script: string;
  /** Address of the document and the options, from the root of the site. */
  content: string;
  /** The id of each section that Redoc makes. */
  sections: string[];
  /** Changes the document before Redoc gets it. */
  change: (document: RedocPage["document"]) => void;
}

const absolute = (path: string) => new URL(path, document.baseURI).href;

/** A slow phone needs some seconds. */
const longestMs = 60_000;

/** Resolves when an element contains each of these ids. Redoc adds the sections one after the other. */
function hasSections(element: HTMLElement, ids: string[]): Promise<void> {
  const isComplete = () => ids.every((id) => document.getElementById(id));
  return new Promise((resolve, reject) => {
    const observer = new MutationObserver(() => {
      if (!isComplete()) return;
      observer.disconnect();
      resolve();
    });
    setTimeout(() => {
      observer.disconnect();
      reject(new Error("Redoc did not show every operation in time."));
    }, longestMs);
    observer.observe(element, { childList: true, subtree: true });
    if (isComplete()) resolve();
  });
}
