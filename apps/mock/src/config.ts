import { readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { OptionError } from "./options.ts";
import type { KnownCredentials } from "./state/credentials.ts";

/** Who may ask for tokens, which accounts they may touch, and which requests are in a space of their own. */
export interface Config extends KnownCredentials {
  spaces: ConfiguredSpace[];
}

/** A space that is chosen by what every client sends anyway. */
export interface ConfiguredSpace {
  name: string;
  /** Keys of applications. */
  keys?: string[];
  accountPrefixes?: string[];
}

/** A configuration file that cannot be used; the message names the file, the line and the reason, but no value. */
export class ConfigError extends Error {}

/** Compiles the schema of the configuration; a mock without one does not need it. */
function compileSchema() {
  const file = new URL("../config/mock-config.schema.json", import.meta.url);
  const schema = JSON.parse(readFileSync(file, "utf8"));
  return new Ajv2020({ strict: false, allErrors: true }).compile<Partial<Config>>(schema);
}

/**
 * Reads a configuration file, YAML or JSON. Strict authentication needs applications and users; without it they would
 * be ignored, and are refused.
 *
 * @throws {OptionError} when the file cannot be read
 * @throws {ConfigError} when its content cannot be used
 */
export function readConfig(file: string, auth: "lenient" | "strict"): Config {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new OptionError("config", `cannot be read: ${(error as Error).message}`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [mistake] = document.errors;
  if (mistake) throw new ConfigError(`${file}:${lines.linePos(mistake.pos[0]).line}: ${mistake.message}`);

  const config = read(document, file);
  const validate = compileSchema();
  const problems = validate(config)
    ? [...findMisplaced(config, auth), ...findRepeated(config)]
    : (validate.errors ?? []).map(toProblem);
  if (problems.length === 0)
    return { applications: [], users: [], spaces: [], ...(config as Partial<Config>) };
  const findLine = (path: string[]) => {
    const node = path.length > 0 ? document.getIn(path, true) : document.contents;
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : 1;
  };
  throw new ConfigError(
    problems
      .map(({ path, rule }) => `${file}:${findLine(path)}: ${path.join(".") || "the file"} ${rule}.`)
      .join("\n"),
  );
}

/** A mistake in the file, and its place. */
interface Problem {
  path: string[];
  rule: string;
}

function toProblem({ instancePath, message, params }: ErrorObject): Problem {
  const extra = params["additionalProperty"];
  return { path: instancePath.split("/").slice(1), rule: `${message}${extra ? ` ("${extra}")` : ""}` };
}

/** Finds lists that strict authentication lacks, or that mean nothing without it. */
function findMisplaced(config: Partial<Config>, auth: "lenient" | "strict"): Problem[] {
  const lists = ["applications", "users"] as const;
  if (auth === "lenient") {
    const given = lists.filter((name) => config[name] !== undefined);
    return given.map((name) => ({ path: [name], rule: "is for auth strict only" }));
  }
  const missing = lists.filter((name) => config[name] === undefined);
  return missing.map((name) => ({ path: [], rule: `must have required property '${name}'` }));
}

/** Keys and usernames that are there twice: the second would never be looked at. */
export function findRepeated({
  applications = [],
  users = [],
  spaces = [],
}: { [Name in keyof Config]?: Config[Name] | undefined }): Problem[] {
  const findRepeats = (list: string, member: string, values: string[]) =>
    values.flatMap((value, index) => {
      const first = values.indexOf(value);
      const rule = `is the same as ${list}.${first}.${member}`;
      return first < index ? [{ path: [list, String(index), member], rule }] : [];
    });
  return [
    ...findRepeats(
      "applications",
      "key",
      applications.map(({ key }) => key),
    ),
    ...findRepeats(
      "users",
      "username",
      users.map(({ username }) => username),
    ),
    ...findRepeats(
      "spaces",
      "name",
      spaces.map(({ name }) => name),
    ),
  ];
}

function read(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Such as an alias of nothing, which is found only here.
    throw new ConfigError(`${file}: ${(error as Error).message}`);
  }
}
