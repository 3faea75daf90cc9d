import type { Command } from "commander";
import { Option } from "commander";

/** The options of the program. Commands that call no service take `json` only. */
export interface GlobalOptions {
  json?: boolean;
  profile?: string;
  environment?: "mock" | "production";
  origin?: string;
  allowHttp?: boolean;
  space?: string;
}

/** Adds the options of the program. */
export function addGlobalOptions(program: Command): Command {
  return program
    .option("--json", "print JSON for programs")
    .option("--profile <name>", "use this profile of the configuration file (THINGSPACE_PROFILE)")
    .addOption(
      new Option(
        "--environment <name>",
        "servers to call (THINGSPACE_ENVIRONMENT); the default is that of the profile, or else mock",
      ).choices(["mock", "production"]),
    )
    .option("--origin <url>", "replaces scheme, host and port of the servers (THINGSPACE_ORIGIN)")
    .option("--allow-http", "allows an --origin that is plain http and not on this machine")
    .option("--space <name>", "space of the mock (header X-Mock-Space)");
}
