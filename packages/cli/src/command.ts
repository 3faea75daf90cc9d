import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { createOutput, type Output } from "./output/output.ts";
import type { GlobalOptions } from "./settings/options.ts";
import { readSettings, type Settings } from "./settings/settings.ts";

/** The arguments of a command's action. */
export interface Invocation<Options> {
  context: Context;
  output: Output;
  settings: Settings;
  /** The options of the command and the global ones. */
  options: Options & GlobalOptions;
}

/**
 * Sets what a command does: `act` resolves with the exit code. Its other arguments are those of the command, as Commander
 * parsed them. With `readsOwnCredentials` the settings have no credentials.
 */
export function setAction<Options, Arguments extends unknown[]>(
  command: Command,
  context: Context,
  act: (invocation: Invocation<Options>, ...args: Arguments) => Promise<ExitCode>,
  { readsOwnCredentials = false } = {},
): Command {
  return command.action(async (...all: unknown[]) => {
    const args = all.slice(0, command.registeredArguments.length) as Arguments;
    const options = command.optsWithGlobals() as Options & GlobalOptions;
    const output = createOutput(context.io, options.json ?? false);
    const settings = readSettings(options, context.io.env, !readsOwnCredentials);
    context.exitCode = await act({ context, output, settings, options }, ...args);
  });
}

/** Formats the examples below the help of a command. */
export function formatExamples(...examples: string[]): string {
  return ["", "Examples:", ...examples.map((example) => `  thingspace-callbacks ${example}`)].join("\n");
}
