import { type Command, Help, type Option } from "commander";
import { CliError } from "./cli-error.ts";
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
 * parsed them. With `readsOwnCredentials` the settings have no credentials. With `usesService: false` the command neither
 * shows nor takes the options about the service, nor those of a command around it.
 */
export function setAction<Options, Arguments extends unknown[]>(
  command: Command,
  context: Context,
  act: (invocation: Invocation<Options>, ...args: Arguments) => Promise<ExitCode>,
  { readsOwnCredentials = false, usesService = true } = {},
): Command {
  if (!usesService) limitInheritedOptions(command, ["json"]);
  return command.action(async (...all: unknown[]) => {
    if (!usesService) refuseInheritedOptions(command, ["json"]);
    const args = all.slice(0, command.registeredArguments.length) as Arguments;
    const options = command.optsWithGlobals() as Options & GlobalOptions;
    const output = createOutput(context.io, options.json ?? false);
    const settings = readSettings(options, context.io.env, !readsOwnCredentials);
    context.exitCode = await act({ context, output, settings, options }, ...args);
  });
}

/** Shows in the help of a command only these of the options that it inherits. */
export function limitInheritedOptions(command: Command, names: string[]): void {
  command.configureHelp({
    ...command.configureHelp(),
    visibleGlobalOptions(inner) {
      const inherited = Help.prototype.visibleGlobalOptions.call(this, inner);
      return inherited.filter((option) => names.includes(option.attributeName()));
    },
  });
}

/** @throws {CliError} when an option of a command around this one was given, unless it is one of these */
function refuseInheritedOptions(command: Command, names: string[]): void {
  for (let outer = command.parent; outer; outer = outer.parent) {
    const isGiven = (option: Option) => outer?.getOptionValueSource(option.attributeName()) === "cli";
    const given = outer.options.find((option) => isGiven(option) && !names.includes(option.attributeName()));
    if (given)
      throw new CliError(
        "USAGE",
        `${command.name()} does not use ${given.long}.`,
        `Leave out ${given.long}.`,
      );
  }
}

/** Formats the examples below the help of a command. */
export function formatExamples(...examples: string[]): string {
  return ["", "Examples:", ...examples.map((example) => `  thingspace-callbacks ${example}`)].join("\n");
}
