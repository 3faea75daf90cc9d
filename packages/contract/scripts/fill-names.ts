import type { Document } from "./document.ts";

/** Names that a document can ask for with `x-names`. */
export interface Names {
  /** APIs of the service. */
  services: string[];
  /** Generations of the callback API. */
  generations: string[];
  /** Registrations that the generations use, each once. */
  registrations: string[];
}

/** Returns the names of all documents, in their order. */
export function collectNames(documents: Map<string, Document>): Names {
  const all = [...documents];
  const registrations = all.flatMap(([, { info }]) => info["x-registration"] ?? []);
  return {
    services: all
      .filter(([, { servers }]) => servers.some((server) => server["x-environment"] === "production"))
      .map(([name]) => name),
    generations: all.filter(([, { info }]) => info["x-registration"]).map(([name]) => name),
    registrations: [...new Set(registrations)],
  };
}

/**
 * Returns a document in which each schema with `x-names` has these names as its `enum`, so that the mock's own document
 * does not list the documents beside it.
 *
 * @throws when a schema asks for names that do not exist
 */
export function fillNames(document: Document, names: Names): Document {
  return JSON.parse(JSON.stringify(document), (_key, value) => {
    const asked: unknown = value?.["x-names"];
    if (asked === undefined) return value;
    if (typeof asked !== "string" || !Object.hasOwn(names, asked)) {
      throw new Error(`${document.info.title}: there are no names called ${asked}`);
    }
    const { "x-names": _, ...schema } = value;
    return { ...schema, enum: names[asked as keyof Names] };
  });
}
