import { Command, InvalidArgumentError, Option } from "commander";
import { apis } from "./routes.ts";

export interface Options {
  host: string;
  port: number;
}

// Where the documents say that the mock is.
const { hostname, port } = new URL(apis[0]?.servers.mock ?? "");

/** Reads the command line; prints help or what is wrong with it, and exits, when there is nothing to start. */
export function parseOptions(argv: string[]): Options {
  return new Command("start")
    .description(
      "Serves a mock of the ThingSpace callback APIs (V1, V2, legacy, authentication) and their docs.",
    )
    .addOption(
      new Option("--port <number>", "port to listen on, 0 for any free one")
        .default(Number(port))
        .argParser(portNumber),
    )
    .addOption(new Option("--host <address>", "address to listen on").default(hostname))
    .helpOption("--help", "show this help")
    .allowExcessArguments(false)
    .showHelpAfterError("(--help shows the options)")
    .parse(argv, { from: "user" })
    .opts<Options>();
}

function portNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65535) {
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  }
  return Number(text);
}
