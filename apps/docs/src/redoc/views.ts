import { mountRedoc } from "./mount.ts";
import { currentSection, scrollToSection } from "./position.ts";
import { addTryLinks, offerTryIt, type TryRequests } from "./try-it.ts";

/** A page of the reference shows its text, or Redoc in the place of it. */
type View = "text" | "redoc";

/** Name under which the browser keeps the view that the reader chose last. */
const storageKey = "reference-view";

/**
 * Lets the reader of a page of the reference choose between its text, which is there at once, and Redoc, which is loaded for
 * those who ask for it. The next pages of the reference have the view that was chosen.
 */
export function offerRedoc(): void {
  const redoc = document.querySelector<HTMLElement>("#redoc");
  const text = document.querySelector<HTMLElement>("#text");
  const button = document.querySelector<HTMLButtonElement>(".views button");
  const alert = document.querySelector<HTMLElement>(".views [role=alert]");
  const { script, content, mock } = redoc?.dataset ?? {};
  if (!redoc || !text || !button || !alert || !script || !content || !mock) return;
  const anchors: string[] = JSON.parse(redoc.dataset["operations"] ?? "[]");
  const requests: TryRequests = isServedBy(mock) ? JSON.parse(redoc.dataset["requests"] ?? "{}") : {};
  // The ids in the text begin with a slash, those of Redoc do not.
  const sectionsOf = (view: View) => anchors.map((anchor) => (view === "text" ? anchor : anchor.slice(1)));
  let mounted: Promise<void> | undefined;

  const show = async (view: View) => {
    const { documentElement } = document;
    if (view === "redoc") {
      // Redoc is laid out where nobody sees it, so that the text stays until it is complete.
      redoc.hidden = false;
      mounted ??= mountRedoc(redoc, {
        script,
        content,
        sections: sectionsOf("redoc"),
        change: (description) => addTryLinks(description, requests),
      });
      await mounted;
    }
    const section = currentSection(sectionsOf(view === "redoc" ? "text" : "redoc"));
    documentElement.dataset["view"] = view;
    text.hidden = view === "redoc";
    redoc.hidden = view === "text";
    button.textContent = view === "redoc" ? "Show the text alone" : "Show with Redoc";
    if (section !== undefined) scrollToSection(sectionsOf(view)[section]);
  };

  const choose = async (view: View) => {
    // What was asked for first is shown first.
    if (button.getAttribute("aria-busy") === "true") return;
    alert.textContent = "";
    button.setAttribute("aria-busy", "true");
    try {
      await show(view);
      remember(view);
    } catch (error) {
      console.error(error);
      mounted = undefined;
      redoc.hidden = true;
      alert.textContent = "Redoc could not be loaded.";
    } finally {
      button.removeAttribute("aria-busy");
    }
  };

  offerTryIt(requests, mock);
  button.addEventListener("click", () => choose(redoc.hidden ? "redoc" : "text"));
  if (chosen() === "redoc") choose("redoc");
}

/**
 * Returns true if a mock serves this page. The mock replaces the usual address in its pages by its own; on any other host
 * the address stays the usual one.
 */
const isServedBy = (mock: string) => document.baseURI.startsWith(`${mock}/docs/`);

function chosen(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function remember(view: View): void {
  try {
    localStorage.setItem(storageKey, view);
  } catch {
    // The browser keeps nothing. The next page begins with its text.
  }
}
