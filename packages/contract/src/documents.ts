// The bundled documents as files. An entry of its own, because it needs Node.js.
import { readFile } from "node:fs/promises";

/** A bundled document whose content has no type. */
export type OpenApiDocument = Record<string, unknown>;

/** Returns the text of a bundled document. */
export function readDocumentText(api: string, extension: "json" | "yaml"): Promise<string> {
  return readFile(new URL(`../dist/documents/${api}.${extension}`, import.meta.url), "utf8");
}

/** Returns a bundled document. */
export async function readDocument(api: string): Promise<OpenApiDocument> {
  return JSON.parse(await readDocumentText(api, "json"));
}

/**
 * Returns a bundled document for Prism: without callbacks, because with them Prism would POST to any URL that
 * a request names, and without webhooks.
 */
export async function readPrismDocument(api: string): Promise<OpenApiDocument> {
  return JSON.parse(await readFile(new URL(`../dist/tools/${api}.client.json`, import.meta.url), "utf8"));
}
