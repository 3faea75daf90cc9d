import type { Document } from "./document.ts";

/**
 * Returns a document for generators of clients: without callbacks and webhooks, for which several of them write code that
 * does not compile. The schemas of the messages stay, so that a listener has types for them.
 */
export function clientDocument(document: Document): Document {
  const { webhooks, ...client } = structuredClone(document);
  const operations = Object.values(client.paths).flatMap((item) => Object.values(item));
  for (const operation of operations) delete operation.callbacks;
  const used = new Set(operations.flatMap(({ tags = [] }) => tags));
  return { ...client, tags: client.tags.filter(({ name }) => used.has(name)) };
}
