import type { Command } from "commander";
import { formatExamples, setAction } from "../command.ts";
import type { Context } from "../context.ts";
import { exampleAccount } from "../defaults.ts";
import { type Api, generations } from "../generated/facts.ts";
import { callRole, getOperation, listAll, listOne } from "../service/registrations.ts";
import { reportAfter } from "./account-result.ts";
import { addAudit } from "./audit.ts";
import { demandRegistered, demandRegistrable, foreseeRegistration } from "./dry-run.ts";
import { forEachAccount } from "./each-account.ts";
import { type LoginOptions, readLogin } from "./login.ts";
import { addMove } from "./move.ts";
import {
  type AccountOptions,
  addAccountOptions,
  addLoginOptions,
  createApiOption,
  createDryRunOption,
} from "./options.ts";

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
        `callbacks list ${exampleAccount}`,
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

function addRegister(callbacks: Command, context: Context, role: "register" | "update", description: string) {
  const command = addAccountOptions(callbacks.command(role))
    .description(description)
    .addOption(createApiOption().makeOptionMandatory())
    .requiredOption("--url <url>", "URL that receives the messages");
  addLoginOptions(command)
    .addOption(createDryRunOption())
    .addHelpText(
      "after",
      formatExamples(
        `callbacks ${role} ${generations.v2.exampleAccount} --api v2 --url https://example.com/fota`,
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
    .addHelpText(
      "after",
      formatExamples(`callbacks deregister ${generations.v2.exampleAccount} --api v2 --dry-run`),
    );
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
