import type { Move, MoveProblem, MoveReport } from "@thingspace-callbacks/client";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { formatExamples, setAction } from "../command.ts";
import type { Context } from "../context.ts";
import { exampleAccount } from "../defaults.ts";
import { exitCodes } from "../exit-code.ts";
import { type Api, generations } from "../generated/facts.ts";
import { describeError, type ErrorReport } from "../output/report-error.ts";
import { explainError } from "../service/explain.ts";
import { listOne, type Shown } from "../service/registrations.ts";
import type { Settings } from "../settings/settings.ts";
import { reportAfter } from "./account-result.ts";
import { demandRegistrable, foreseeRegistration } from "./dry-run.ts";
import { forEachAccount } from "./each-account.ts";
import { type LoginOptions, readLogin } from "./login.ts";
import {
  type AccountOptions,
  addAccountOptions,
  addLoginOptions,
  createApiOption,
  createDryRunOption,
} from "./options.ts";

type MoveOptions = AccountOptions & LoginOptions & { from: Api; to: Api };

/** Adds `callbacks move`. */
export function addMove(callbacks: Command, context: Context): void {
  const command = addAccountOptions(callbacks.command("move"))
    .description("Register the URL in another generation, then remove it from the first.")
    .addOption(createApiOption("--from", "generation that has the registration").makeOptionMandatory())
    .addOption(createApiOption("--to", "generation that gets it").makeOptionMandatory());
  addLoginOptions(command)
    .addOption(createDryRunOption())
    .addHelpText("after", formatExamples(`callbacks move ${exampleAccount} --from v1 --to v3 --dry-run`));
  setAction<MoveOptions, [string[]]>(command, context, async (invocation, accounts) => {
    const { settings, options } = invocation;
    const { from, to, dryRun } = options;
    demandDifferent(from, to);
    const login = readLogin(to, options, context.io.env);
    return forEachAccount(invocation, accounts, async (client, account, report) => {
      const find = async () => ({
        from: await listOne(client, from, account),
        to: await listOne(client, to, account),
      });
      const found = await find();
      report.before = flatten(found);
      const refused = findRefusal(account, options, found);
      if (refused) {
        report.after = report.before;
        throw refused;
      }
      if (dryRun) {
        report.after = foreseeMove(to, found, settings);
        return;
      }
      const moved = await client.registrations.move({ account, from, to, ...login } as Move);
      // What is registered now is listed after the steps are in the report: the network may be gone.
      if (!moved.ok) report.error = describeFailure(moved, account, options, settings);
      await reportAfter(report, settings, async () => flatten(await find()));
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

/** What is registered in both generations. */
interface Found {
  from: Shown[];
  to: Shown[];
}

const flatten = ({ from, to }: Found) => [...from, ...to];

/** Returns why the move cannot be made, in a dry run as in a real one. */
function findRefusal(account: string, between: Between, { from: [old], to: [existing] }: Found) {
  if (!old) return createRefusal("NOTHING_REGISTERED", account, between);
  if (existing && existing.url !== old.url) return createRefusal("OTHER_URL_REGISTERED", account, between);
  return undefined;
}

/** The generations of a move. */
type Between = Pick<MoveOptions, "from" | "to">;

/** Creates the error for a move that what is registered does not allow. */
function createRefusal(code: MoveProblem["code"], account: string, { from, to }: Between): CliError {
  const { message, remedy } = {
    NOTHING_REGISTERED: {
      message: `--from ${from}: nothing is registered for ${account}.`,
      remedy: `To see where it is registered, run: thingspace-callbacks callbacks list ${account}`,
    },
    OTHER_URL_REGISTERED: {
      message: `--to ${to}: another URL is registered for ${account}.`,
      remedy: `If it is not needed, run: thingspace-callbacks callbacks deregister ${account} --api ${to}`,
    },
  }[code];
  return new CliError(code, message, remedy, exitCodes.failed);
}

/** Returns what is registered after the move. @throws {CliError} when the service would refuse the URL */
function foreseeMove(to: Api, found: Found, settings: Settings): Shown[] {
  const [existing] = found.to;
  if (existing) return found.to;
  const [{ url } = { url: "" }] = found.from;
  demandRegistrable(to, url, settings);
  return [foreseeRegistration(to, url)];
}

/** Describes the first step that failed, and what was done about it. */
function describeFailure(
  { steps }: MoveReport,
  account: string,
  between: Between,
  settings: Settings,
): ErrorReport {
  const failed = steps.find(({ ok }) => !ok);
  const error = isMoveProblem(failed?.error)
    ? createRefusal(failed.error.code, account, between)
    : explainError(settings, failed?.error);
  const report = describeError(error);
  const path = steps.map(({ step, api, ok }) => `${step} ${api}${ok ? "" : " (failed)"}`).join(", ");
  return { ...report, message: `${report.message} Steps: ${path}.` };
}

/** Another process may have changed a registration since it was listed. */
const isMoveProblem = (error: unknown): error is MoveProblem =>
  error instanceof Error &&
  "code" in error &&
  ["NOTHING_REGISTERED", "OTHER_URL_REGISTERED"].includes(String(error.code));
