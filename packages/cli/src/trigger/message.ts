import { readFileSync } from "node:fs";
import { CliError } from "../cli-error.ts";
import { type Api, generations } from "../generated/facts.ts";

type Members = Record<string, unknown>;

/**
 * Returns the members that replace those of the example: those of a file, then the values of `--set`, whose paths go
 * into the example of the type.
 */
export function buildMembers(
  api: Api,
  type: string | undefined,
  { file, set = [] }: { file?: string | undefined; set?: string[] | undefined },
): Members | undefined {
  if (file === undefined && set.length === 0) return undefined;
  const members: Members = file === undefined ? {} : readMessageFile(file);
  const example = findExample(api, type);
  for (const assignment of set) {
    const { path, value } = parseAssignment(assignment);
    const [top = ""] = path;
    if (!Object.hasOwn(members, top) && Object.hasOwn(example, top))
      members[top] = structuredClone(example[top]);
    setAt(members, path, value);
  }
  return members;
}

function findExample(api: Api, type: string | undefined): Members {
  const { examples, typePath: [typeMember] = [] } = generations[api].message;
  const found = examples.find((one) => typeMember !== undefined && one[typeMember] === type);
  return found ?? examples[0] ?? {};
}

/** Parses `upgradeScheduled.firmwareName=x`. A value that is JSON is taken as JSON, any other as text. */
function parseAssignment(text: string): { path: string[]; value: unknown } {
  const end = text.indexOf("=");
  const path = text.slice(0, Math.max(end, 0)).split(".");
  if (end < 1 || path.some((name) => name === "" || name === "__proto__")) {
    throw new CliError(
      "INVALID_SET",
      "--set: a path, = and a value are needed.",
      "Example: --set upgradeScheduled.firmwareName=x",
    );
  }
  const value = text.slice(end + 1);
  try {
    return { path, value: JSON.parse(value) };
  } catch {
    return { path, value };
  }
}

function setAt(members: Members, path: string[], value: unknown): void {
  const last = path.at(-1) ?? "";
  let place = members;
  for (const name of path.slice(0, -1)) {
    const inner = Object.hasOwn(place, name) ? place[name] : undefined;
    const next = typeof inner === "object" && inner !== null ? (inner as Members) : {};
    place[name] = next;
    place = next;
  }
  place[last] = value;
}

function readMessageFile(path: string): Members {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Members;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code)
      throw new CliError("FILE_UNREADABLE", `--file: ${path} cannot be read (${code}).`, "Check the path.");
  }
  throw new CliError(
    "INVALID_FILE",
    `--file: ${path} is not a JSON object.`,
    "Give the members of one message.",
  );
}
