import { type Command, Option } from "commander";
import { exampleAccount } from "../defaults.ts";
import { generations } from "../generated/facts.ts";
import { loginHelp } from "./login.ts";

/** The options of every command about accounts. */
export interface AccountOptions {
  accounts?: string;
  dryRun?: boolean;
}

/** Adds the accounts as arguments or as a file. */
export function addAccountOptions(command: Command): Command {
  return command
    .argument("[account...]", `accounts, such as ${exampleAccount}`)
    .option("--accounts <file>", "file with an account per line; - is standard input");
}

/** Creates an option for a generation of the API. */
export function createApiOption(flag = "--api", description = "generation of the API"): Option {
  return new Option(`${flag} <name>`, description).choices(Object.keys(generations));
}

/** Adds the username and password that messages bring back. */
export function addLoginOptions(command: Command): Command {
  return command
    .option("--username <name>", loginHelp)
    .option("--password-file <file>", "file with the password, readable by you only");
}

/** Creates the option that only shows what would change. */
export const createDryRunOption = () => new Option("--dry-run", "show what would change, and change nothing");
