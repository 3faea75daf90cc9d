import { isThingSpaceCredentialsError, type ThingSpaceClient } from "@thingspace-callbacks/client";
import { CliError } from "../cli-error.ts";
import type { Invocation } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import type { Output } from "../output/output.ts";
import { describeError, type ErrorReport } from "../output/report-error.ts";
import { withClient } from "../service/connect.ts";
import { explainError } from "../service/explain.ts";
import type { Shown } from "../service/registrations.ts";
import type { Settings } from "../settings/settings.ts";
import { readAccounts } from "./accounts.ts";

/** The outcome for the registrations of one account. */
export interface AccountResult extends AccountReport {
  account: string;
  ok: boolean;
}

/** A report about one account, which grows while the command works. What it has by then is kept when a call fails. */
export interface AccountReport {
  /** Undefined for a command that changes nothing, and when it could not be listed. */
  before?: Shown[];
  /** Undefined when it is unknown. An empty list means that nothing is registered. */
  after?: Shown[];
  error?: ErrorReport;
}

/** The options of every command about accounts. */
export interface AccountOptions {
  accounts?: string;
  dryRun?: boolean;
}

/** Does something with the registrations of one account, and completes the report about it. */
type ActOnAccount = (client: ThingSpaceClient, account: string, report: AccountReport) => Promise<void>;

/** The results for all accounts, in their order. */
export interface CollectedResults {
  results: AccountResult[];
  /** The error that ended the run early; undefined if every account was tried. */
  stoppedBy?: unknown;
}

/**
 * Does the same with each account, and prints the results.
 *
 * @throws the error that ended the run early, when the results are printed
 */
export async function forEachAccount(
  invocation: Invocation<AccountOptions>,
  args: string[],
  act: ActOnAccount,
): Promise<ExitCode> {
  const { output, settings, options } = invocation;
  const { results, stoppedBy } = await collectResults(invocation, args, act, (result) =>
    printResult(output, result),
  );
  const failed = results.filter(({ ok }) => !ok);
  const { environment, origin } = settings;
  output.data({ environment, origin, dryRun: options.dryRun ?? false, accounts: results });
  if (options.dryRun) output.line("Nothing was changed (--dry-run).");
  if (failed.length > 0 && results.length > 1)
    output.line(`${failed.length} of ${results.length} accounts failed${describeUntried(results)}.`);
  if (stoppedBy !== undefined) throw stoppedBy;
  return toExitCode(results);
}

/**
 * Does the same with each account, one after the other, and shows the progress. An account that fails does not stop the
 * others, but rejected credentials do: the results until then are kept, and the other accounts fail with `NOT_TRIED`.
 */
export async function collectResults(
  { context, output, settings, options }: Invocation<AccountOptions>,
  args: string[],
  act: ActOnAccount,
  onResult: (result: AccountResult) => void = () => {},
): Promise<CollectedResults> {
  const accounts = await readAccounts(args, options.accounts, context.io);
  const results: AccountResult[] = [];
  try {
    await withClient(context, settings, async (client) => {
      for (const account of accounts) {
        output.progress(accounts.length > 1 ? `${results.length + 1} of ${accounts.length}: ${account}` : "");
        const { result, stoppedBy } = await getResult(client, account);
        results.push(result);
        output.progress("");
        onResult(result);
        if (stoppedBy !== undefined) throw stoppedBy;
      }
    });
    return { results };
  } catch (error) {
    // Nothing was done, so there is nothing to keep.
    if (results.length === 0) throw error;
    const untried = accounts.slice(results.length).map(createUntried);
    return { results: [...results, ...untried], stoppedBy: error };
  }

  async function getResult(client: ThingSpaceClient, account: string) {
    const report: AccountReport = {};
    let stoppedBy: unknown;
    try {
      await act(client, account, report);
    } catch (error) {
      // A report that has an error already tells more than the call that failed after it.
      report.error ??= describeError(explainError(settings, error));
      if (isThingSpaceCredentialsError(error)) stoppedBy = error;
    }
    const result: AccountResult = { account, ok: report.error === undefined, ...report };
    return { result, stoppedBy };
  }
}

/** Adds what is registered after a change. When that cannot be listed, the error says that the change was made. */
export async function reportAfter(
  report: AccountReport,
  settings: Settings,
  list: () => Promise<Shown[]>,
): Promise<void> {
  try {
    report.after = await list();
  } catch (error) {
    const described = describeError(explainError(settings, error));
    const message = `The change was made, but what is registered now is unknown: ${described.message}`;
    report.error ??= { ...described, message };
    throw error;
  }
}

const untriedCode = "NOT_TRIED";

function createUntried(account: string): AccountResult {
  const error = new CliError(
    untriedCode,
    "The run ended before this account.",
    "Run the command for it again.",
    exitCodes.failed,
  );
  return { account, ok: false, error: describeError(error) };
}

/** Returns the words about accounts that the run did not come to. */
export function describeUntried(results: AccountResult[]): string {
  const untried = results.filter(({ error }) => error?.code === untriedCode).length;
  return untried > 0 ? `, ${untried} of them not tried` : "";
}

const indent = " ".repeat(10);

function printResult(output: Output, { account, before, after, error }: AccountResult): void {
  output.line(output.paint("bold", account));
  if (before) output.line(`  before  ${formatAll(before)}`);
  if (before && after) output.line(`  after   ${output.paint(error ? "red" : "green", formatAll(after))}`);
  if (!before && after) for (const line of formatEach(after)) output.line(`  ${line}`);
  if (!error) return;
  const [first = "", ...more] = output.wrap(error.message, indent.length);
  output.line(`  ${output.paint("red", "failed")}  ${first}`);
  for (const line of [...more, ...output.wrap(error.remedy, indent.length)]) output.line(indent + line);
}

/** Returns the exit code of the only account, or 1 if one of several failed. */
export function toExitCode(results: AccountResult[]): ExitCode {
  const [failed] = results.filter(({ ok }) => !ok);
  if (!failed) return exitCodes.ok;
  return results.length === 1 ? (failed.error?.exitCode ?? exitCodes.ok) : exitCodes.failed;
}

const formatAll = (registrations: Shown[]) => formatEach(registrations).join("\n          ");

function formatEach(registrations: Shown[]): string[] {
  if (registrations.length === 0) return ["nothing is registered"];
  return registrations.map(
    ({ api, url, service }) => `${api.padEnd(7)} ${url}${service ? ` (${service})` : ""}`,
  );
}
