import { existsSync } from "node:fs";
import type { Command } from "commander";
import { type MockOptions, OptionError } from "../options.ts";
import { readSettings } from "../settings.ts";
import { createCommand } from "./command.ts";
import { seedFile, writeStarter } from "./init.ts";
import { readTls } from "./tls.ts";

/** The options of the command. */
export interface CommandLine {
  host: string;
  port: number;
  /** Print one line of JSON for programs instead of the banner. */
  json: boolean;
  /** Stop when the process that started this one ends. */
  exitWithParent: boolean;
  options: MockOptions;
  /** Returns the message of an error, which names an option as the user has written it. */
  describeError(error: unknown): string;
}

/**
 * Reads the command line and the environment. Prints help, or an error, or writes a seed, and exits when there is nothing
 * to start.
 *
 * @throws {Error} when a file that an option names cannot be used, or when there is a seed already
 */
export function parseCommandLine(argv: string[]): CommandLine {
  // Commander sets a flag whatever its variable holds.
  for (const flag of ["MOCK_NO_CONTROL", "MOCK_LIST_CREDENTIALS", "MOCK_METRICS", "MOCK_QUIET"]) {
    if (/^(0|false|)$/i.test(process.env[flag] ?? "1")) delete process.env[flag];
  }
  const command = createCommand({
    start: () => {},
    init: () => {
      console.log(writeStarter());
      process.exit(0);
    },
  }).parse(argv, { from: "user" });
  const nameOption = (attribute: string) => findName(command, attribute);
  const describeError = (error: unknown) =>
    error instanceof OptionError
      ? `${nameOption(attributes[error.option] ?? error.option)} ${error.reason}`
      : (error as Error).message;
  const {
    host,
    port: chosen,
    json = false,
    exitWithParent = false,
    tlsCert,
    tlsKey,
    allowTarget,
    quiet,
    ...rest
  } = command.opts();
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    command.error("error: --tls-cert and --tls-key go together");
  }
  const tls =
    tlsCert &&
    readTls({ name: nameOption("tlsCert"), path: tlsCert }, { name: nameOption("tlsKey"), path: tlsKey });
  const logging = quiet && { logLevel: "error" };
  const found = existsSync(seedFile) ? { seed: seedFile } : {};
  const options = { ...found, ...rest, ...logging, allowTargets: allowTarget, tls };
  try {
    readSettings(options);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    command.error(`error: ${describeError(error)}`);
  }
  return { host, port: chosen, json, exitWithParent, options, describeError };
}

/** Options that Commander knows by another name: a flag names one target at a time. */
const attributes: { [Name in keyof MockOptions]?: string } = { allowTargets: "allowTarget" };

/** Returns the flag or the variable of an option, depending on which of them was used; both when it was not given. */
function findName(command: Command, attribute: string): string {
  const option = command.options.find((candidate) => candidate.attributeName() === attribute);
  const { long = attribute, envVar } = option ?? {};
  switch (command.getOptionValueSource(attribute)) {
    case "cli":
      return long ?? attribute;
    case "env":
      return envVar ?? attribute;
    default:
      return [long, envVar].filter(Boolean).join(" or ");
  }
}
