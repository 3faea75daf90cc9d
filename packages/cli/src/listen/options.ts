import { type Command, InvalidArgumentError } from "commander";
import { createApiOption } from "../callbacks/callbacks.ts";
import { passwordVariable } from "../callbacks/login.ts";
import type { Api } from "../generated/facts.ts";
import { listApis } from "../service/registrations.ts";

/** The options of `listen`, and of `record`, which listens in the same way. */
export interface ListenOptions {
  api: Api;
  account?: string;
  port: number;
  forwardTo?: string;
  register: boolean;
  publicUrl?: string;
  yes?: boolean;
  formerUsername?: string;
  formerLogin: boolean;
  passwordFile?: string;
  restore?: boolean;
}

/** Adds the options about the listener and its registration. */
export function addListenOptions(command: Command): Command {
  return command
    .addOption(createApiOption().default(listApis()[0]))
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
      "--former-username <name>",
      `production: username of the registration that is replaced; its password comes from ${passwordVariable}, --password-file or the terminal`,
    )
    .option("--no-former-login", "production: the registration that is replaced has no username")
    .option("--password-file <file>", "file with that password, readable by you only");
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}
