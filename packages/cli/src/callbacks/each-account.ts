import { isThingSpaceCredentialsError, type ThingSpaceClient } from "@thingspace-callbacks/client";
import type { Invocation } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import type { Output } from "../output/output.ts";
import { describeError, type ErrorReport } from "../output/report-error.ts";
import { withClient } from "../service/connect.ts";
import { explainError } from "../service/explain.ts";
import type { Shown } from "../service/registrations.ts";
import { readAccounts } from "./accounts.ts";

/** The outcome for the registrations of one account. */
export interface AccountResult {
  account: string;
  ok: boolean;
  /** Undefined for a command that changes nothing. */
  before?: Shown[];
  after: Shown[];
  error?: ErrorReport;
}

/** The options of every command about accounts. */
export interface AccountOptions {
  accounts?: string;
  dryRun?: boolean;
}

/** Does something with the registrations of one account. */
type ActOnAccount = (
  client: ThingSpaceClient,
  account: string,
) => Promise<Omit<AccountResult, "account" | "ok">>;

/** Does the same with each account, and prints the results. */
export async function forEachAccount(
  invocation: Invocation<AccountOptions>,
  args: string[],
  act: ActOnAccount,
): Promise<ExitCode> {
  const { output, settings, options } = invocation;
  const results = await collectResults(invocation, args, act, (result) => printResult(output, result));
  const failed = results.filter(({ ok }) => !ok);
  const { environment, origin } = settings;
  output.data({ environment, origin, dryRun: options.dryRun ?? false, accounts: results });
  if (options.dryRun) output.line("Nothing was changed (--dry-run).");
  if (failed.length > 0 && results.length > 1)
    output.line(`${failed.length} of ${results.length} accounts failed.`);
  return toExitCode(results);
}

/**
 * Does the same with each account, one after the other, and shows the progress. An account that fails does not stop the
 * others, but rejected credentials do.
 */
export async function collectResults(
  { context, output, settings, options }: Invocation<AccountOptions>,
  args: string[],
  act: ActOnAccount,
  onResult: (result: AccountResult) => void = () => {},
): Promise<AccountResult[]> {
  const accounts = await readAccounts(args, options.accounts, context.io);
  const results: AccountResult[] = [];
  await withClient(context, settings, async (client) => {
    for (const account of accounts) {
      output.progress(accounts.length > 1 ? `${results.length + 1} of ${accounts.length}: ${account}` : "");
      const result = await getResult(client, account);
      results.push(result);
      output.progress("");
      onResult(result);
    }
  });
  return results;

  async function getResult(client: ThingSpaceClient, account: string): Promise<AccountResult> {
    try {
      const result = await act(client, account);
      return { account, ok: result.error === undefined, ...result };
    } catch (error) {
      if (isThingSpaceCredentialsError(error)) throw error;
      return { account, ok: false, after: [], error: describeError(explainError(settings, error)) };
    }
  }
}

const indent = " ".repeat(10);

function printResult(output: Output, { account, before, after, error }: AccountResult): void {
  output.line(output.paint("bold", account));
  if (before) output.line(`  before  ${formatAll(before)}`);
  if (before && !error) output.line(`  after   ${output.paint("green", formatAll(after))}`);
  if (!before && !error) for (const line of formatEach(after)) output.line(`  ${line}`);
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
