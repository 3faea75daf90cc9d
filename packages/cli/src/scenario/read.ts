import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { CliError } from "../cli-error.ts";
import { type Members, Mistake, object, readMembers, readValue, required, text } from "./members.ts";
import type { Scenario, Step } from "./scenario.ts";
import { readAction } from "./steps.ts";
import { createTitle } from "./title.ts";

const folder = fileURLToPath(new URL("../../scenarios/", import.meta.url));

const maxBytes = 1024 * 1024;
const maxSteps = 1000;

const scenarioMembers: Members = {
  name: text,
  seed: object,
  steps: required({
    expected: `a list of 1 to ${maxSteps} steps`,
    read: (value) =>
      Array.isArray(value) && value.length > 0 && value.length <= maxSteps ? value : undefined,
  }),
};

/** Returns the names of the scenarios of this package. */
export const listShipped = () =>
  readdirSync(folder)
    .map((name) => basename(name, ".yaml"))
    .sort();

/** Reads a scenario, from a file or from this package by its name. @throws {CliError} with line and reason */
export function readScenario(file: string): Scenario {
  const path = listShipped().includes(file) ? `${folder}${file}.yaml` : file;
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines, prettyErrors: false });
  const [problem] = document.errors;
  if (problem) throw createInvalid(file, lines.linePos(problem.pos[0]).line, problem.message);
  try {
    return toScenario(document.toJS({ maxAliasCount: 100 }), file, (path) => findLine(document, lines, path));
  } catch (error) {
    if (error instanceof Mistake)
      throw createInvalid(file, findLine(document, lines, error.path), error.message);
    if (error instanceof ReferenceError) throw createInvalid(file, 1, error.message);
    throw error;
  }
}

type Path = (string | number)[];

function toScenario(value: unknown, file: string, getLine: (path: Path) => number): Scenario {
  const read = readMembers(value, scenarioMembers, ["The scenario"]) as Pick<Scenario, "seed"> & {
    name?: string;
    steps: unknown[];
  };
  const { name = basename(file).replace(/\.ya?ml$/, ""), seed, steps } = read;
  return {
    file,
    name,
    ...(seed && { seed }),
    steps: steps.map((step, index) => toStep(step, ["steps", index], getLine)),
  };
}

function toStep(value: unknown, path: Path, getLine: (path: Path) => number): Step {
  const { name, ...rest } = readValue(value, object, path) as Record<string, unknown>;
  const action = readAction(rest, path);
  const title = name === undefined ? createTitle(action) : String(readValue(name, text, [...path, "name"]));
  return { title, line: getLine(path), action };
}

function readText(path: string): string {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(
      "FILE_UNREADABLE",
      `The scenario ${path} cannot be read (${code}).`,
      `Check the path, or use one of the package: ${listShipped().join(", ")}.`,
    );
  }
  if (content.length <= maxBytes) return content;
  throw new CliError("INVALID_SCENARIO", `${path} is larger than 1 MiB.`, "Split the scenario.");
}

/** Returns the line of a member, or of the nearest one around it. */
function findLine(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

const createInvalid = (file: string, line: number, message: string) =>
  new CliError("INVALID_SCENARIO", `${file}:${line}: ${message}`, "Correct the file. Nothing was sent.");
