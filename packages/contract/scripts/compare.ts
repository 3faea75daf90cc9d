import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** The changes of a document since its last release. */
export interface Comparison {
  /** Each change, with the place in the file of each change and the rule that rates it. */
  report: string;
  isBreaking: boolean;
  /** Version of the release, and of the document now. */
  from: string;
  to: string;
}

const redocly = fileURLToPath(new URL("../node_modules/@redocly/cli/bin/cli.js", import.meta.url));
const config = fileURLToPath(new URL("../redocly.diff.yaml", import.meta.url));

/**
 * Compares two bundled documents with `redocly diff`.
 *
 * @throws what Redocly says when it cannot compare them.
 */
export function compare(released: string, current: string): Comparison {
  const { report, isBreaking } = runDiff(released, current);
  return { report, isBreaking, from: versionOf(released), to: versionOf(current) };
}

/** A change, as `redocly diff` reports it. */
export interface RatedChange {
  /** JSON pointer to the changed node, which begins with `#/`. */
  path: string;
  /** Type of the node, such as `Operation` or `Schema`. */
  typeName: string;
  kind: "added" | "removed" | "modified";
  impact: "major" | "minor" | "patch";
  /** Name of the changed member of the node, if it is not the whole node. */
  property?: string;
  /** The rules that rate the change, and their sentences about it. */
  verdicts: { message: string }[];
  base?: { value?: unknown };
  revision?: { value?: unknown };
}

/** Lists the changes between two bundled documents. */
export function listChanges(released: string, current: string): RatedChange[] {
  return JSON.parse(runDiff(released, current, ["--format", "json"]).report).changes;
}

function runDiff(released: string, current: string, format: string[] = []) {
  const args = [redocly, "diff", released, current, "--config", config, "--fail-on", "major", ...format];
  // Nothing may depend on the network.
  const env = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
  const isBreaking = status === 1 && stderr.includes("Diff failed");
  if (status !== 0 && !isBreaking) throw new Error(`redocly diff, ${basename(current)}: ${stderr}`);
  return { report: stdout.trimEnd(), isBreaking };
}

/** Returns the major version. A breaking change needs a higher one. */
export const majorOf = (version: string): number => Number(version.split(".")[0]);

/** Returns the version of a document. */
export const versionOf = (file: string): string => JSON.parse(readFileSync(file, "utf8")).info.version;
