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

/** The arguments of the action of a command that calls no service. */
export type LocalInvocation<Options> = Omit<Invocation<Options>, "settings">;

/**
 * Sets what a command does: `act` resolves with the exit code. Its other arguments are those of the command, as Commander
 * parsed them. With `savesProfile` the first of them is the name of a profile, and the settings have no credentials.
 */
export function setAction<Options, Arguments extends unknown[]>(
  command: Command,
  context: Context,
  act: (invocation: Invocation<Options>, ...args: Arguments) => Promise<ExitCode>,
  { savesProfile = false } = {},
): Command {
  return command.action(async (...all: unknown[]) => {
    const invocation = readInvocation<Options>(command, context);
    const args = readArguments<Arguments>(command, all);
    const newProfile = savesProfile ? String(args[0]) : undefined;
    const settings = readSettings(invocation.options, context.io.env, newProfile);
    context.exitCode = await act({ ...invocation, settings }, ...args);
  });
}

/**
 * Sets what a command does that calls no service. It neither shows nor takes the options about the service, nor those of a
 * command around it, and reads none of the variables and profiles that set them.
 */
export function setLocalAction<Options, Arguments extends unknown[]>(
  command: Command,
  context: Context,
  act: (invocation: LocalInvocation<Options>, ...args: Arguments) => Promise<ExitCode>,
): Command {
  limitInheritedOptions(command, ["json"]);
  return command.action(async (...all: unknown[]) => {
    refuseInheritedOptions(command, ["json"]);
    const invocation = readInvocation<Options>(command, context);
    context.exitCode = await act(invocation, ...readArguments<Arguments>(command, all));
  });
}

function readInvocation<Options>(command: Command, context: Context): LocalInvocation<Options> {
  const options = command.optsWithGlobals() as Options & GlobalOptions;
  return { context, output: createOutput(context.io, options.json ?? false), options };
}

/** Commander passes the options and the command after the arguments. */
const readArguments = <Arguments extends unknown[]>(command: Command, all: unknown[]) =>
  all.slice(0, command.registeredArguments.length) as Arguments;

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
