import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import type { Operation } from "@thingspace-callbacks/contract/catalogue";
import { samplesOf } from "../samples/samples.ts";
import type { Reference } from "./markdown.ts";

/** A bundled document, as far as it is read here. */
export interface Document {
  info: { description: string };
  paths: Record<string, Record<string, { operationId?: string }>>;
  webhooks?: Record<string, Record<string, { operationId?: string }>>;
}

/** Everything that the reference says of each document. */
export async function references(link: Reference["link"]): Promise<Reference[]> {
  return Promise.all(
    Object.entries(catalogue).map(async ([name, api]) => ({
      name,
      api,
      introduction: (await documentOf(name)).info.description,
      samples: (operation: Operation) => samplesOf(name, api, operation),
      link,
    })),
  );
}

export async function documentOf(name: string): Promise<Document> {
  return JSON.parse(await readFile(bundle(name, "json"), "utf8")) as Document;
}

/** The file of a bundled document. */
export const bundle = (name: string, extension: "json" | "yaml") =>
  fileURLToPath(import.meta.resolve(`@thingspace-callbacks/contract/documents/${name}.${extension}`));
