import { openTryIt, type TryRequest } from "./try-dialog.ts";

type Operations = Record<string, { operationId?: string; description?: string; "x-try"?: TryRequest }>;

/** Beginning of the link that opens the form of an operation. */
const prefix = "#try/";

/** Adds a link "Try it" to each operation of a document, which sends its example to the mock. */
export function offerTryIt(description: { paths: Record<string, Operations> }, mock: string): void {
  const requests = new Map<string, TryRequest>();
  for (const operations of Object.values(description.paths)) {
    for (const operation of Object.values(operations)) {
      const { operationId, "x-try": request } = operation;
      if (!operationId || !request) continue;
      requests.set(operationId, request);
      operation.description = `[Try it](${prefix}${operationId})\n\n${operation.description ?? ""}`;
    }
  }
  document.addEventListener(
    "click",
    (event) => {
      const link = (event.target as Element).closest?.(`a[href*="${prefix}"]`);
      const request = requests.get(link?.getAttribute("href")?.split(prefix)[1] ?? "");
      if (!request) return;
      // Redoc would take the link for one of its own.
      event.preventDefault();
      event.stopImmediatePropagation();
      openTryIt(request, mock);
    },
    { capture: true },
  );
}
