import type { Operation } from "@thingspace-callbacks/contract";

/** Where an operation or a message is on Redoc's page. */
export const anchorOf = ({ tag, operationId }: Operation) =>
  `#/${tag.replaceAll(" ", "-")}/${operationId}`.toLowerCase();
