import type { Operation } from "@thingspace-callbacks/contract";

/** Returns the anchor of an operation or a message on Redoc's page. */
export const anchorOf = ({ tag, operationId }: Operation) =>
  `#/${tag.replaceAll(" ", "-")}/${operationId}`.toLowerCase();
