import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";

/** Who may ask for tokens, and which accounts they may touch. */
export interface Config {
  applications: { key: string; secret: string }[];
  users: { username: string; password: string; accounts: string[] }[];
}

/** A configuration file that cannot be used; the message names the file, the line and the reason, but no value. */
export class ConfigError extends Error {}

const schema = JSON.parse(
  readFileSync(new URL("../config/mock-config.schema.json", import.meta.url), "utf8"),
);
const validate = new Ajv2020({ strict: false }).compile<Config>(schema);

/**
 * Reads a configuration file, YAML or JSON.
 *
 * @throws {ConfigError}
 */
export function readConfig(file: string): Config {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [mistake] = document.errors;
  if (mistake) throw new ConfigError(`${file}:${lines.linePos(mistake.pos[0]).line}: ${mistake.message}`);

  const config = read(document, file);
  if (validate(config)) return config;
  const [violation] = validate.errors ?? [];
  const path = (violation?.instancePath ?? "").split("/").slice(1);
  const node = path.length > 0 ? document.getIn(path, true) : document.contents;
  const line = isNode(node) && node.range ? lines.linePos(node.range[0]).line : 1;
  const extra = violation?.params["additionalProperty"];
  const rule = `${violation?.message}${extra ? ` ("${extra}")` : ""}`;
  throw new ConfigError(`${file}:${line}: ${path.join(".") || "the file"} ${rule}.`);
}

function read(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Such as an alias of nothing, which is found only here.
    throw new ConfigError(`${file}: ${(error as Error).message}`);
  }
}
