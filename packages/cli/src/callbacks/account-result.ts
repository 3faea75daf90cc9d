import { CliError } from "../cli-error.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import type { Output } from "../output/output.ts";
import { describeError, type ErrorReport } from "../output/report-error.ts";
import { explainError } from "../service/explain.ts";
import type { Shown } from "../service/registrations.ts";
import type { Settings } from "../settings/settings.ts";

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

/** Creates the result of an account that was not tried. */
export function createUntried(account: string): AccountResult {
  const error = new CliError(
    untriedCode,
    "The run ended before this account.",
    "Run the command for it again.",
    exitCodes.failed,
  );
  return { account, ok: false, error: describeError(error) };
}

/** Returns the words about accounts that were not tried. */
export function describeUntried(results: AccountResult[]): string {
  const untried = results.filter(({ error }) => error?.code === untriedCode).length;
  return untried > 0 ? `, ${untried} of them not tried` : "";
}

const indent = " ".repeat(10);

/** Prints the result of one account for people. */
export function printResult(output: Output, { account, before, after, error }: AccountResult): void {
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
