import { type Command, InvalidArgumentError } from "commander";
import { loginHelp } from "../callbacks/login.ts";
import { createApiOption } from "../callbacks/options.ts";
import { defaultApi } from "../defaults.ts";
import type { Api } from "../generated/facts.ts";

/** The options of `listen`, and of `record`, which listens in the same way. */
export interface ListenOptions {
  api: Api;
  account?: string;
  port: number;
  forwardTo?: string;
  register: boolean;
  publicUrl?: string;
  yes?: boolean;
  /** False if the user says that there is none. */
  username?: string | false;
  passwordFile?: string;
  restore?: boolean;
  forget?: boolean;
}

/** Adds the options about the listener and its registration. */
export function addListenOptions(command: Command): Command {
  return command
    .addOption(createApiOption().default(defaultApi))
    .option(
      "--account <account>",
      "account to register for; the default at the mock is that of the documents' example",
    )
    .option("--port <number>", "port to listen on; 0 is any free one", readPort, 0)
    .option("--forward-to <url>", "send each message on to this URL, and show its response")
    .option("--no-register", "register nothing, and print the URL")
    .option(
      "--public-url <url>",
      "https URL of a tunnel to --port, to register instead of the local one; needed at production",
    )
    .option("--yes", "production: change the registration without asking")
    .option(
      "--username <name>",
      `${loginHelp}. At production the former registration gets both back; at the mock they are those of the former one unless given`,
    )
    .option("--no-username", "production: the former registration has no username")
    .option("--password-file <file>", "file with the password, readable by you only");
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}
