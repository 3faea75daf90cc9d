import { followTheme } from "./theme.ts";
import { offerTryIt } from "./try-it.ts";

/** The module of Redoc's script. */
interface Redoc {
  init(document: object, options: object, element: HTMLElement): Promise<unknown>;
}

/** Shows the document of this page with Redoc. */
export async function mountRedoc(): Promise<void> {
  const element = document.querySelector<HTMLElement>("#redoc");
  const { script, content, mock } = element?.dataset ?? {};
  if (!element || !script || !content || !mock) return;
  followTheme();
  const [{ init }, page] = await Promise.all([
    import(/* @vite-ignore */ absolute(script)) as Promise<Redoc>,
    fetch(absolute(content)).then((response) => response.json()),
  ]);
  if (isServedBy(mock)) offerTryIt(page.document, mock);
  await init(page.document, page.options, element);
}

const absolute = (path: string) => new URL(path, document.baseURI).href;

/**
 * Returns true if a mock serves this page. The mock replaces the usual address in its pages by its own; on any other host
 * the address stays the usual one.
 */
const isServedBy = (mock: string) => document.baseURI.startsWith(`${mock}/docs/`);
