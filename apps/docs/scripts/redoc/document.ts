import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import type { Api } from "@thingspace-callbacks/contract/catalogue";
import { documentOf } from "../../src/reference/documents.ts";
import { linkDepartures } from "../../src/reference/markdown.ts";
import { samplesOf } from "../../src/samples/samples.ts";

/** The document as Redoc shows it: with its date, samples in every language, and links to the departures. */
export async function documentForRedoc(name: string, api: Api) {
  const document = await documentOf(name);
  const samples = new Map(
    [...api.operations, ...api.webhooks].map((operation) => [
      operation.operationId,
      samplesOf(name, api, operation),
    ]),
  );
  for (const item of [...Object.values(document.paths), ...Object.values(document.webhooks ?? {})]) {
    for (const operation of Object.values(item)) {
      const found = samples.get(operation.operationId ?? "");
      if (found) Object.assign(operation, { "x-codeSamples": found });
    }
  }
  document.info.description = [
    `Version ${api.version} of ${api.date}. The same [in plain text](../reference/${name}/). Other documents: ${others(name)}.`,
    document.info.description,
  ].join("\n\n");
  return withLinks(document);
}

const others = (name: string) =>
  Object.entries(catalogue)
    .filter(([other]) => other !== name)
    .map(([other, { title }]) => `[${title}](../${other}/)`)
    .join(", ");

function withLinks<T>(value: T, key = ""): T {
  if (typeof value === "string" && key === "description")
    return linkDepartures(value, (path) => `../${path}`) as T;
  if (typeof value !== "object" || value === null || key === "value") return value;
  const entries = Object.entries(value).map(([name, member]) => [name, withLinks(member, name)]);
  return (Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries)) as T;
}
