import { type Api, apis, listOperations } from "@thingspace-callbacks/contract";
import { readDocument } from "@thingspace-callbacks/contract/documents";
import { linkDepartures } from "../../src/reference/markdown.ts";
import { samplesOf } from "../../src/samples/samples.ts";

/** The parts of a bundled document that this file changes. */
interface Document {
  info: { description: string };
  paths: Record<string, Record<string, { operationId?: string }>>;
  webhooks?: Record<string, Record<string, { operationId?: string }>>;
}

/** Returns the document for Redoc: with its date, samples in every language, and links to the departures. */
export async function documentForRedoc(api: Api) {
  const document = (await readDocument(api.name)) as unknown as Document;
  const samples = new Map(
    listOperations(api).map((operation) => [operation.operationId, samplesOf(api, operation)]),
  );
  for (const item of [...Object.values(document.paths), ...Object.values(document.webhooks ?? {})]) {
    for (const operation of Object.values(item)) {
      const found = samples.get(operation.operationId ?? "");
      if (found) Object.assign(operation, { "x-codeSamples": found });
    }
  }
  document.info.description = [
    `Version ${api.version} of ${api.date}. The same [in plain text](../reference/${api.name}/). Other documents: ${others(api)}.`,
    document.info.description,
  ].join("\n\n");
  return withLinks(document);
}

const others = (api: Api) =>
  apis
    .filter((other) => other !== api)
    .map(({ name, title }) => `[${title}](../${name}/)`)
    .join(", ");

function withLinks<T>(value: T, key = ""): T {
  if (typeof value === "string" && key === "description")
    return linkDepartures(value, (path) => `../${path}`) as T;
  if (typeof value !== "object" || value === null || key === "value") return value;
  const entries = Object.entries(value).map(([name, member]) => [name, withLinks(member, name)]);
  return (Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries)) as T;
}
