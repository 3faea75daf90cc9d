import { Command, InvalidArgumentError } from "commander";

/** What the bench is asked to do. */
export interface BenchOptions {
  /** Length of one round of load on one server. */
  seconds: number;
  /** Rounds, of which the median counts. */
  rounds: number;
  /** Whether to send a million requests as well, to see whether memory stays flat. */
  memory: boolean;
}

/** Reads the bench's command line; prints help or what is wrong with it, and exits. */
export function parseBenchOptions(argv: string[]): BenchOptions {
  return new Command("bench:mock")
    .description(
      "Measures the mock beside stock Prism and a bare node:http server, and writes bench/results.json.",
    )
    .option("--seconds <number>", "length of one round of load on one server", positive, 3)
    .option("--rounds <number>", "rounds, of which the median counts", positive, 5)
    .option("--memory", "send a million requests as well and sample the mock's memory", false)
    .helpOption("--help", "show this help")
    .allowExcessArguments(false)
    .parse(argv, { from: "user" })
    .opts<BenchOptions>();
}

/** A whole number from 1, for commander. */
export function positive(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("Must be a whole number from 1.");
  return Number(text);
}
