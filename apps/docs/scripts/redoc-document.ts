import { type Api, listOperations } from "@thingspace-callbacks/contract";
import { readDocument } from "@thingspace-callbacks/contract/documents";
import { linkDepartures } from "../src/reference/markdown.ts";
import { samplesOf } from "../src/samples/samples.ts";

/** The parts of a bundled document that this file changes. */
interface Document {
  info: { title: string; summary?: string; description: string };
  tags?: unknown;
  paths: Record<string, Record<string, { operationId?: string }>>;
  webhooks?: Record<string, Record<string, { operationId?: string }>>;
}

/** Returns the document for Redoc: with samples in every language, rules in words and links to the departures. */
export async function documentForRedoc(api: Api) {
  const document = (await readDocument(api.name)) as unknown as Document;
  const operations = new Map(listOperations(api).map((operation) => [operation.operationId, operation]));
  for (const item of [...Object.values(document.paths), ...Object.values(document.webhooks ?? {})]) {
    for (const member of Object.values(item)) {
      const operation = operations.get(member.operationId ?? "");
      if (!operation) continue;
      Object.assign(member, { "x-codeSamples": samplesOf(api, operation) });
    }
  }
  // The page has it above Redoc.
  delete document.info.summary;
  return withLinks(withRules(document));
}

/** Adds the rule of each schema to its description, in words. Redoc would show the pattern alone, which is hard to read. */
function withRules<T>(value: T): T {
  if (Array.isArray(value)) return value.map((entry) => withRules(entry)) as T;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name.startsWith("example") ? member : withRules(member),
    ]),
  );
  const { "x-rule": rule, pattern, description = "", ...rest } = members;
  if (typeof rule !== "string" || typeof pattern !== "string") return members as T;
  const words = description.includes(rule) ? description : `${description} Must be ${rule}.`.trim();
  return { ...rest, "x-rule": rule, description: `${words} Pattern: \`${pattern}\`` } as T;
}

function withLinks<T>(value: T, key = ""): T {
  if (typeof value === "string" && key === "description")
    return linkDepartures(value, (path) => `../${path}`) as T;
  if (typeof value !== "object" || value === null || key === "value") return value;
  const entries = Object.entries(value).map(([name, member]) => [name, withLinks(member, name)]);
  return (Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries)) as T;
}
