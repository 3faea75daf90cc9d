import type { RedocPage } from "./mount.ts";
import { openTryIt, type TryRequest } from "./try-dialog.ts";

/** A request to try for each operation, by operationId. */
export type TryRequests = Record<string, TryRequest>;

/** Beginning of the link that opens the form of an operation. */
const prefix = "#try/";

/** Adds a link "Try it" to each operation of a page, which sends its example to the mock. */
export function offerTryIt(requests: TryRequests, mock: string): void {
  for (const [operationId, { anchor }] of Object.entries(requests)) {
    const heading = document.getElementById(anchor)?.parentElement;
    const link = Object.assign(document.createElement("a"), {
      href: prefix + operationId,
      textContent: "Try it",
    });
    heading?.nextElementSibling?.append(" · ", link);
  }
  document.addEventListener(
    "click",
    (event) => {
      const link = (event.target as Element).closest?.(`a[href*="${prefix}"]`);
      const request = requests[link?.getAttribute("href")?.split(prefix)[1] ?? ""];
      if (!request) return;
      // Redoc would take the link for one of its own.
      event.preventDefault();
      event.stopImmediatePropagation();
      openTryIt(request, mock);
    },
    { capture: true },
  );
}

/** Adds the same links to the description of each operation, from which Redoc makes them. */
export function addTryLinks({ paths }: RedocPage["document"], requests: TryRequests): void {
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item))) {
    const { operationId } = operation;
    if (operationId && requests[operationId])
      operation.description = `[Try it](${prefix}${operationId})\n\n${operation.description ?? ""}`;
  }
}
