import { fileURLToPath } from "node:url";
import { apis, type Operation } from "@thingspace-callbacks/contract";
import { type Sample, samplesOf } from "../samples/samples.ts";
import type { Reference } from "./markdown.ts";

/** Returns the content of the reference for each document. */
export function references(link: Reference["link"]): Reference[] {
  return apis.map((api) => ({
    name: api.name,
    api,
    samples: (operation: Operation) => samplesOf(api, operation),
    link,
  }));
}

/** Keeps two of the samples of each operation, so that a page stays readable. */
export function withFewSamples(reference: Reference): Reference {
  const isKept = ({ label }: Sample) => label === "TypeScript" || label === "curl";
  return { ...reference, samples: (operation) => reference.samples(operation).filter(isKept) };
}

/** The forms of each document, which the site serves as `openapi/<api>.<form>`. */
export const forms = [
  { form: "yaml", title: "YAML", source: "documents" },
  { form: "json", title: "JSON", source: "documents" },
  { form: "client.json", title: "JSON for client generators", source: "tools" },
  { form: "postman.json", title: "Postman collection", source: "tools" },
] as const;

/** Returns the file of a document in one of its forms. */
export function fileOf(name: string, form: (typeof forms)[number]["form"]): string {
  const source = forms.find((offered) => offered.form === form)?.source;
  return fileURLToPath(import.meta.resolve(`@thingspace-callbacks/contract/${source}/${name}.${form}`));
}
