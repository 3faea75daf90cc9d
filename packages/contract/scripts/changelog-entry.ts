import type { RatedChange } from "./compare.ts";

/** A release of a document, as a file of `spec/releases/changes` has it. */
export interface ChangelogEntry {
  api: string;
  version: string;
  /** Day of the release, such as 2026-11-28. */
  date: string;
  /** True if the release can break a client of the one before. */
  breaking: boolean;
  /** The changes that a client notices; the first release has nothing to compare with. */
  changes: ChangelogChange[] | "first release";
  /** Number of other changes: descriptions, examples and the keywords of this project. */
  texts: number;
}

/** A change that a client can notice. */
export interface ChangelogChange {
  /** The operation, such as `GET /callbacks/{account}`, the webhook, or the part of the document. */
  place: string;
  breaking: boolean;
  says: string;
}

/** Selects the changes that a client can notice, and counts the others. */
export function summarizeChanges(
  rated: RatedChange[],
): Pick<ChangelogEntry, "breaking" | "changes" | "texts"> {
  const noticed = rated.filter(isNoticed);
  const changes = noticed.map((change): ChangelogChange => {
    const { place, rest } = splitPath(change.path);
    return { place, breaking: change.impact === "major", says: describe(change, rest) };
  });
  const unique = new Map(changes.map((change) => [`${change.place} ${change.says}`, change]));
  return {
    breaking: rated.some(({ impact }) => impact === "major"),
    changes: [...unique.values()],
    texts: rated.length - noticed.length,
  };
}

/** Returns true unless a change concerns only texts, examples, or keywords of this project. */
function isNoticed({ path, property = "", typeName, impact }: RatedChange): boolean {
  if (impact === "major") return true;
  if (impact === "patch" || typeName === "Example") return false;
  return !/\/x-|^#\/info|\/examples?(\/|$)/.test(`${path}/${property}`);
}

/** Separates the operation or webhook that a JSON pointer begins with from the rest. */
function splitPath(path: string): { place: string; rest: string[] } {
  const [first = "", second, third, ...rest] = path
    .replace(/^#\//, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (first === "paths" && third) return { place: `${third.toUpperCase()} ${second}`, rest };
  if (first === "webhooks" && third) return { place: `message ${second}`, rest };
  return { place: [first, second].filter(Boolean).join(" "), rest: third ? [third, ...rest] : [] };
}

function describe({ verdicts, kind, property, base, revision }: RatedChange, rest: string[]): string {
  if (verdicts.length > 0) return [...new Set(verdicts.map(({ message }) => message))].join(" ");
  const kinds = { added: "Added", removed: "Removed", modified: "Changed" };
  const { name } = ((revision ?? base)?.value ?? {}) as { name?: unknown };
  // A parameter's pointer has its index only.
  const parts =
    typeof name === "string" && /^\d+$/.test(rest.at(-1) ?? "") ? [...rest.slice(0, -1), name] : rest;
  const where = [...parts, ...(property ? [property] : [])];
  return where.length > 0 ? `${kinds[kind]}: \`${where.join(" / ")}\`.` : `${kinds[kind]}.`;
}
