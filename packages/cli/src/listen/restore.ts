import type { Invocation } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { describeError, type ErrorReport } from "../output/report-error.ts";
import { identityPath } from "./server.ts";
import { type ListenState, readStates } from "./state.ts";
import { putBack, type Restored } from "./takeover.ts";

/** The outcome for a registration that an earlier `listen` left. */
export interface RestoreResult {
  account: string;
  api: string;
  origin: string;
  outcome: Restored | "running" | "failed";
  error?: ErrorReport;
}

/** Puts back what earlier processes left, and prints it. */
export async function restoreAll(invocation: Invocation<unknown>): Promise<ExitCode> {
  const results = await restoreLeft(invocation, readStates(invocation.context.io.env));
  const { output } = invocation;
  output.data({ ok: results.every(({ outcome }) => outcome !== "failed"), restored: results });
  if (results.length === 0) output.line("Nothing is left to restore.");
  for (const result of results) output.line(formatRestored(result));
  return results.find(({ error }) => error)?.error?.exitCode ?? exitCodes.ok;
}

/** Puts back what these states name, unless their process still runs. */
export async function restoreLeft(
  { context, settings }: Invocation<unknown>,
  states: ListenState[],
): Promise<RestoreResult[]> {
  const results: RestoreResult[] = [];
  for (const state of states) {
    const { account, api, origin } = state;
    try {
      const outcome = (await isRunning(state)) ? "running" : await putBack(context, settings, state);
      results.push({ account, api, origin, outcome });
    } catch (error) {
      results.push({ account, api, origin, outcome: "failed", error: describeError(error) });
    }
  }
  return results;
}

/** Formats a result for people. */
export function formatRestored({ account, api, origin, outcome, error }: RestoreResult): string {
  const sentence = {
    restored: "The former registration is back.",
    removed: "Nothing was registered before; the registration is removed.",
    unchanged: "Another URL or nothing is registered now; it was left as it is.",
    running: "Its listener still runs.",
    failed: `It could not be restored: ${error?.message ?? ""} Try again with: thingspace-callbacks listen --restore`,
  }[outcome];
  return `${api} ${account} at ${origin}: ${sentence}`;
}

/** Asks the listener itself, because another process may have its process id by now. */
async function isRunning({ address, id }: ListenState): Promise<boolean> {
  try {
    const response = await fetch(`http://${address}${identityPath}`, { signal: AbortSignal.timeout(1000) });
    return (await response.text()) === id;
  } catch {
    return false;
  }
}
