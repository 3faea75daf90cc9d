import { isThingSpaceCredentialsError, type ThingSpaceClient } from "@thingspace-callbacks/client";
import { CliError } from "../cli-error.ts";
import type { Invocation } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import type { Io } from "../io.ts";
import type { Output } from "../output/output.ts";
import { describeError } from "../output/report-error.ts";
import { withClient } from "../service/connect.ts";
import { explainError } from "../service/explain.ts";
import {
  type AccountReport,
  type AccountResult,
  createUntried,
  describeUntried,
  printResult,
  toExitCode,
} from "./account-result.ts";
import { readAccounts } from "./accounts.ts";
import type { AccountOptions } from "./options.ts";

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
 * others, but rejected credentials and Ctrl-C do: the results until then are kept, and the other accounts fail with
 * `NOT_TRIED`.
 */
export async function collectResults(
  { context, output, settings, options }: Invocation<AccountOptions>,
  args: string[],
  act: ActOnAccount,
  onResult: (result: AccountResult) => void = () => {},
): Promise<CollectedResults> {
  const accounts = await readAccounts(args, options.accounts, context.io);
  const results: AccountResult[] = [];
  // A single account has no results to keep, so that Ctrl-C ends it at once.
  const interruption = accounts.length > 1 ? watchInterruption(context.io, output) : undefined;
  try {
    await withClient(context, settings, async (client) => {
      for (const account of accounts) {
        if (interruption?.aborted) throw interruption.reason;
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

/** Returns a signal that is aborted by the first Ctrl-C. The account that is being worked on is completed. */
function watchInterruption(io: Io, output: Output): AbortSignal {
  const interruption = new AbortController();
  const ending = io.watchEnd();
  ending.addEventListener("abort", () => {
    // A reader that has gone away does not stop what was asked for.
    if (ending.reason === "EPIPE") return;
    output.note("The run ends after this account. Press Ctrl-C again to end it at once.");
    interruption.abort(
      new CliError(
        "INTERRUPTED",
        "The run was interrupted.",
        "Run the command again for the accounts that were not tried.",
        exitCodes.failed,
      ),
    );
  });
  return interruption.signal;
}
