import { readFileSync } from "node:fs";
import { getOperation } from "@thingspace-callbacks/contract";
import { isNode, LineCounter, parseDocument } from "yaml";
import { ConfigError } from "./config.ts";
import { demandLoadable, type LoadRules, type PreparedState } from "./control/load-state.ts";
import { createBadRequest, Refusal } from "./operations/refusal.ts";
import { OptionError } from "./options.ts";
import { createValidator } from "./validation/validator.ts";

const putState = getOperation("control", "putState");

/**
 * Reads a seed, YAML or JSON: the state to start from, as `PUT /mock/state` takes it.
 *
 * @throws {OptionError} when the file cannot be read
 * @throws {ConfigError} with the line and the reason
 */
export function readSeed(file: string, rules: LoadRules): PreparedState {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new OptionError("seed", `cannot be read: ${(error as Error).message}`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [mistake] = document.errors;
  if (mistake) throw new ConfigError(`${file}:${lines.linePos(mistake.pos[0]).line}: ${mistake.message}`);
  try {
    // A file in which everything is commented out is an empty seed.
    const seed = { registrations: [], ...document.toJS() } as PreparedState;
    const violations = createValidator(putState)({ path: {}, query: {}, body: seed });
    if (violations.count > 0) throw createBadRequest(putState, violations.describe());
    demandLoadable(putState, seed, rules);
    return seed;
  } catch (error) {
    if (!(error instanceof Refusal)) throw new ConfigError(`${file}: ${(error as Error).message}`);
    const { errorMessage } = error.body as { errorMessage: string };
    const path = errorMessage.split(":", 1)[0]?.split(".") ?? [];
    throw new ConfigError(`${file}:${findLine(path)}: ${errorMessage}`);
  }

  /** Returns the line of a member, or of the nearest one around it. */
  function findLine(path: string[]): number {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  }
}
