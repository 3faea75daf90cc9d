import type { Move, MoveReport } from "@thingspace-callbacks/client";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { formatExamples, setAction } from "../command.ts";
import type { Context } from "../context.ts";
import { type Api, generations } from "../generated/facts.ts";
import { describeError, type ErrorReport } from "../output/report-error.ts";
import { listOne } from "../service/registrations.ts";
import { explainUnreachable } from "../service/unreachable.ts";
import type { Settings } from "../settings/settings.ts";
import { addAccountOptions, createApiOption, createDryRunOption } from "./callbacks.ts";
import { type AccountOptions, forEachAccount } from "./each-account.ts";
import { type LoginOptions, loginHelp, readLogin } from "./login.ts";

type MoveOptions = AccountOptions & LoginOptions & { from: Api; to: Api };

/** Adds `callbacks move`. */
export function addMove(callbacks: Command, context: Context): void {
  const command = addAccountOptions(callbacks.command("move"))
    .description("Register the URL in another generation, then remove it from the first.")
    .addOption(createApiOption("--from", "generation that has the registration").makeOptionMandatory())
    .addOption(createApiOption("--to", "generation that gets it").makeOptionMandatory())
    .option("--username <name>", loginHelp)
    .option("--password-file <file>", "file with the password, readable by you only")
    .addOption(createDryRunOption())
    .addHelpText("after", formatExamples("callbacks move 0242078689-00001 --from v1 --to v2 --dry-run"));
  setAction<MoveOptions, [string[]]>(command, context, async (invocation, accounts) => {
    const { from, to, dryRun } = invocation.options;
    demandDifferent(from, to);
    const login = readLogin(to, invocation.options, context.io.env);
    return forEachAccount(invocation, accounts, async (client, account) => {
      const list = async () =>
        [await listOne(client, from, account), await listOne(client, to, account)].flat();
      const before = await list();
      if (dryRun) return { before, after: before.map(({ url }) => ({ api: to, url })) };
      const report = await client.registrations.move({ account, from, to, ...login } as Move);
      const error = report.ok ? undefined : describeFailure(report, invocation.settings);
      return { before, after: await list(), ...(error && { error }) };
    });
  });
}

function demandDifferent(from: Api, to: Api): void {
  if (generations[from].registration !== generations[to].registration) return;
  throw new CliError(
    "SAME_REGISTRATION",
    `--from ${from} and --to ${to} share one registration.`,
    "Choose generations that have registrations of their own.",
  );
}

/** Describes the first step that failed, and what was done about it. */
function describeFailure({ steps }: MoveReport, settings: Settings): ErrorReport {
  const failed = steps.find(({ ok }) => !ok);
  const report = describeError(explainUnreachable(settings, failed?.error));
  const path = steps.map(({ step, api, ok }) => `${step} ${api}${ok ? "" : " (failed)"}`).join(", ");
  return { ...report, message: `${failed?.reason ?? report.message} Steps: ${path}.` };
}
