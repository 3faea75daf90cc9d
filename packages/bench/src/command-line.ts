import { Command, InvalidArgumentError } from "commander";

/** Creates the command of a benchmark, with the options that all of them have. */
export function createBenchCommand(name: string, description: string, defaults: { rounds: number }): Command {
  return new Command(name)
    .description(description)
    .option("--rounds <number>", "rounds; the median of their ratios counts", parsePositive, defaults.rounds)
    .option(
      "--against <folder>",
      "a built checkout of another version, measured beside this one in the same run",
    )
    .helpOption("--help", "show this help")
    .allowExcessArguments(false);
}

/** Reads a whole number from 1 to 999,999. */
export function parsePositive(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("Must be a whole number from 1.");
  return Number(text);
}
