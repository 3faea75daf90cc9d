import type { Command } from "commander";
import { Option } from "commander";
import { formatExamples, setAction } from "../command.ts";
import type { Context } from "../context.ts";
import { type Api, generations } from "../generated/facts.ts";
import { callRole, getOperation, listApis, listOne } from "../service/registrations.ts";
import { addAudit } from "./audit.ts";
import { demandRegistered, demandRegistrable, foreseeRegistration } from "./dry-run.ts";
import { type AccountOptions, forEachAccount, reportAfter } from "./each-account.ts";
import { type LoginOptions, loginHelp, readLogin } from "./login.ts";
import { addMove } from "./move.ts";

type RegisterOptions = AccountOptions & LoginOptions & { api: Api; url: string };

/** Adds `callbacks` with its subcommands. */
export function addCallbacks(program: Command, context: Context): void {
  const callbacks = program
    .command("callbacks")
    .helpCommand(false)
    .summary("list and change callback URLs of accounts")
    .description("List, register, update, deregister, move and audit the callback URLs of accounts.");
  addList(callbacks, context);
  addRegister(
    callbacks,
    context,
    "register",
    "Register the callback URL of accounts. It replaces another URL.",
  );
  addRegister(
    callbacks,
    context,
    "update",
    "Update the callback URL, in generations that have this operation.",
  );
  addDeregister(callbacks, context);
  addMove(callbacks, context);
  addAudit(callbacks, context);
}

function addList(callbacks: Command, context: Context): void {
  const command = addAccountOptions(callbacks.command("list"))
    .description("List what is registered for accounts, in every generation or in one.")
    .addOption(createApiOption())
    .addHelpText(
      "after",
      formatExamples(
        "callbacks list 0242078689-00001",
        "callbacks list --accounts accounts.txt --api v2 --json",
      ),
    );
  setAction<AccountOptions & { api?: Api }, [string[]]>(command, context, (invocation, accounts) => {
    const { api } = invocation.options;
    return forEachAccount(invocation, accounts, async (client, account, report) => {
      report.after = api ? await listOne(client, api, account) : await listAll(client, account);
    });
  });
}

/** Returns what every generation lists for an account. */
export const listAll = async (client: Parameters<typeof listOne>[0], account: string) =>
  (await Promise.all(listApis().map((api) => listOne(client, api, account)))).flat();

function addRegister(callbacks: Command, context: Context, role: "register" | "update", description: string) {
  const command = addAccountOptions(callbacks.command(role))
    .description(description)
    .addOption(createApiOption().makeOptionMandatory())
    .requiredOption("--url <url>", "URL that receives the messages")
    .option("--username <name>", loginHelp)
    .option("--password-file <file>", "file with the password, readable by you only")
    .addOption(createDryRunOption())
    .addHelpText(
      "after",
      formatExamples(
        `callbacks ${role} 0000123456-00001 --api v2 --url https://example.com/fota`,
        `callbacks ${role} --accounts accounts.txt --api v2 --url https://example.com/fota --dry-run`,
      ),
    );
  setAction<RegisterOptions, [string[]]>(command, context, async (invocation, accounts) => {
    const { settings, options } = invocation;
    const { api, url, dryRun } = options;
    getOperation(api, role);
    const login = readLogin(api, options, context.io.env);
    return forEachAccount(invocation, accounts, async (client, account, report) => {
      report.before = await listOne(client, api, account);
      if (dryRun) {
        demandRegistrable(api, url, settings);
        report.after = [foreseeRegistration(api, url)];
        return;
      }
      await callRole(client, api, role, account, { url, ...login });
      await reportAfter(report, settings, () => listOne(client, api, account));
    });
  });
}

function addDeregister(callbacks: Command, context: Context): void {
  const command = addAccountOptions(callbacks.command("deregister"))
    .description("Remove the callback URL of accounts. ThingSpace then sends them no messages.")
    .addOption(createApiOption().makeOptionMandatory())
    .addOption(createDryRunOption())
    .addHelpText("after", formatExamples("callbacks deregister 0000123456-00001 --api v2 --dry-run"));
  setAction<AccountOptions & { api: Api }, [string[]]>(command, context, (invocation, accounts) => {
    const { settings, options } = invocation;
    const { api, dryRun } = options;
    return forEachAccount(invocation, accounts, async (client, account, report) => {
      report.before = await listOne(client, api, account);
      if (dryRun) {
        demandRegistered(api, report.before);
        report.after = [];
        return;
      }
      await callRole(client, api, "deregister", account);
      await reportAfter(report, settings, () => listOne(client, api, account));
    });
  });
}

/** Adds the accounts as arguments or as a file. */
export function addAccountOptions(command: Command): Command {
  return command
    .argument("[account...]", "accounts, such as 0242078689-00001")
    .option("--accounts <file>", "file with an account per line; - is standard input");
}

/** Creates an option for a generation of the API. */
export function createApiOption(flag = "--api", description = "generation of the API"): Option {
  return new Option(`${flag} <name>`, description).choices(Object.keys(generations));
}

/** Creates the option that only shows what would change. */
export const createDryRunOption = () => new Option("--dry-run", "show what would change, and change nothing");
