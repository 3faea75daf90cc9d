import RefParser from "@apidevtools/json-schema-ref-parser";
import type { Api } from "../src/api.ts";
import { readMessage } from "./message.ts";
import { readOperations } from "./operation.ts";
import type { RawDocument } from "./raw.ts";

/**
 * Resolves the references of a bundled document. Each named schema keeps its name, as `x-name`.
 *
 * @param document is changed
 */
export async function resolveDocument(document: RawDocument): Promise<RawDocument> {
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) schema["x-name"] = name;
  return (await RefParser.dereference(document)) as unknown as RawDocument;
}

/**
 * Converts a resolved document into typed data.
 *
 * @throws an error that names the document and the place, when something is missing that the other packages build on
 */
export function readDocument(name: string, document: RawDocument): Api {
  const { info } = document;
  const servers = readServers(document);
  const message = readMessage(name, document);
  const registration = info["x-registration"];
  if ((message === undefined) !== (registration === undefined)) {
    throw new Error(`${name}: a document with a message needs info.x-registration, and no other has it`);
  }
  return {
    name,
    title: info.title,
    version: info.version,
    date: info["x-date"],
    summary: info.summary,
    introduction: info.description,
    ...(info["x-status"] && { status: info["x-status"] }),
    servers,
    base: new URL(servers.mock).pathname,
    operations: readOperations(name, document),
    notEmulated: info["x-not-emulated"] ?? [],
    ...(message && { message }),
    ...(registration && { registration }),
  };
}

function readServers({ info, servers }: RawDocument): Api["servers"] {
  const { production, mock } = Object.fromEntries(
    servers.map((server) => [server["x-environment"], server.url]),
  );
  if (!mock) throw new Error(`${info.title}: no server is marked x-environment: mock`);
  return { ...(production && { production }), mock };
}
