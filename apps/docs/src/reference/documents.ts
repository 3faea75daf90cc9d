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
  return JSON.parse(await readFile(fileOf(name, "json"), "utf8")) as Document;
}

/** The forms in which each document is offered, as the site's `openapi/<api>.<form>`. */
export const forms = [
  { form: "yaml", title: "YAML", source: "documents" },
  { form: "json", title: "JSON", source: "documents" },
  { form: "client.json", title: "JSON for client generators", source: "tools" },
  { form: "postman.json", title: "Postman collection", source: "tools" },
] as const;

/** The file of a document in one of its forms. */
export function fileOf(name: string, form: (typeof forms)[number]["form"]): string {
  const source = forms.find((offered) => offered.form === form)?.source;
  return fileURLToPath(import.meta.resolve(`@thingspace-callbacks/contract/${source}/${name}.${form}`));
}
