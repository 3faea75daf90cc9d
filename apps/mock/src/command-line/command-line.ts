import { existsSync } from "node:fs";
import { type MockOptions, OptionError } from "../options.ts";
import { readSettings } from "../settings.ts";
import { createCommand } from "./command.ts";
import { seedFile } from "./init.ts";
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
}

/** Reads the command line and the environment. Prints help, or an error, and exits when there is nothing to start. */
export function parseCommandLine(argv: string[]): CommandLine {
  // Commander sets a flag whatever its variable holds.
  for (const flag of ["MOCK_NO_CONTROL", "MOCK_LIST_CREDENTIALS", "MOCK_METRICS", "MOCK_QUIET"]) {
    if (/^(0|false|)$/i.test(process.env[flag] ?? "1")) delete process.env[flag];
  }
  const command = createCommand().parse(argv, { from: "user" });
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
  const tls = tlsCert && readTls(tlsCert, tlsKey);
  const logging = quiet && { logLevel: "error" };
  const found = existsSync(seedFile) ? { seed: seedFile } : {};
  const options = { ...found, ...rest, ...logging, allowTargets: allowTarget, tls };
  try {
    readSettings(options);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    command.error(`error: ${toFlag(error.option)} ${error.reason}`);
  }
  return { host, port: chosen, json, exitWithParent, options };
}

/** Returns the flag of an option, such as `--control-token`. */
function toFlag(option: keyof MockOptions): string {
  // The flag names one target at a time.
  if (option === "allowTargets") return "--allow-target";
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
