import { type Api, buildExampleRequest } from "@thingspace-callbacks/contract";
import type { TryRequest } from "../redoc/try-dialog.ts";
import { anchorOf } from "./anchor.ts";

/** Returns a request to try for each operation of a document, by operationId. */
export function requestsToTry({ base, operations }: Api): Record<string, TryRequest> {
  return Object.fromEntries(
    operations.map((operation) => {
      const { operationId, summary } = operation;
      const { path, ...request } = buildExampleRequest(operation);
      return [operationId, { ...request, path: base + path, summary, anchor: anchorOf(operation).slice(1) }];
    }),
  );
}
