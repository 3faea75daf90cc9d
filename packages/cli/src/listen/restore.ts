import { CliError } from "../cli-error.ts";
import type { Invocation } from "../command.ts";
import { hasControlToken } from "../control/control.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { describeError, type ErrorReport } from "../output/report-error.ts";
import { hasInventedCredentials, type Settings } from "../settings/settings.ts";
import { readListenPassword } from "./login.ts";
import type { ListenOptions } from "./options.ts";
import { identityPath } from "./server.ts";
import {
  formatPlace,
  isAtService,
  isSamePlace,
  type ListenState,
  type Place,
  readStates,
  toPlace,
} from "./state.ts";
import { putBack, type Restored } from "./takeover.ts";

type Environment = Record<string, string | undefined>;

/** The outcome for a registration that an earlier `listen` left. */
export interface RestoreResult extends Place {
  outcome: Restored | "running" | "failed";
  error?: ErrorReport;
}

/** Puts back what earlier processes left, and prints it. */
export async function restoreAll(invocation: Invocation<ListenOptions>): Promise<ExitCode> {
  const results = await restoreLeft(invocation, readStates(invocation.context.io.env));
  const { output } = invocation;
  output.data({ ok: results.every(({ outcome }) => outcome !== "failed"), restored: results });
  if (results.length === 0) output.line("Nothing is left to restore.");
  for (const result of results) output.line(formatRestored(result));
  return results.find(({ error }) => error)?.error?.exitCode ?? exitCodes.ok;
}

/** Puts back what an earlier `listen` has left at this service, so that it is not taken for the former registration. */
export async function restoreBefore(invocation: Invocation<ListenOptions>): Promise<void> {
  const { context, settings, output } = invocation;
  const left = readStates(context.io.env).filter((state) => isAtService(state, settings));
  for (const result of await restoreLeft(invocation, left)) output.note(formatRestored(result));
}

/** @throws {CliError} when another `listen` has replaced this registration, and runs or could not put it back */
export function demandFree({ context }: Invocation<ListenOptions>, place: Place): void {
  const other = readStates(context.io.env).find((state) => isSamePlace(state, place));
  if (!other) return;
  throw new CliError(
    "REPLACED_ALREADY",
    `Another listen has replaced the registration of ${place.account} in ${other.api}.`,
    "End it first. If it does not run any more, run: thingspace-callbacks listen --restore",
  );
}

/** Puts back what the `listen` of this process has replaced. */
export async function restoreOwn(
  invocation: Invocation<ListenOptions>,
  id: string,
  password: string | undefined,
): Promise<ExitCode> {
  const own = readStates(invocation.context.io.env).find((state) => state.id === id);
  if (!own) return exitCodes.ok;
  const result = await restoreOne(invocation, own, async () => password ?? "");
  invocation.output.note(formatRestored(result));
  return result.error?.exitCode ?? exitCodes.ok;
}

/** Puts back what these states name, unless their process still runs. */
async function restoreLeft(
  invocation: Invocation<ListenOptions>,
  states: ListenState[],
): Promise<RestoreResult[]> {
  const results: RestoreResult[] = [];
  for (const state of states) {
    if (await isRunning(state)) results.push({ ...toPlace(state), outcome: "running" });
    else results.push(await restoreOne(invocation, state, () => readListenPassword(invocation)));
  }
  return results;
}

async function restoreOne(
  { context, settings }: Invocation<ListenOptions>,
  state: ListenState,
  getPassword: () => Promise<string>,
): Promise<RestoreResult> {
  const place = toPlace(state);
  try {
    const outcome = await putBack(context, toSettings(settings, context.io.env, state), state, getPassword);
    return { ...place, outcome };
  } catch (error) {
    return { ...place, outcome: "failed", error: describeError(error) };
  }
}

/** Returns the settings for a state. Secrets for one service are not sent to another, also from one mock to another. */
function toSettings(
  settings: Settings,
  env: Environment,
  { environment, origin, space }: ListenState,
): Settings {
  const isOtherEnvironment = settings.environment !== environment;
  const isOtherOrigin = settings.origin !== origin;
  const hasSecrets = !hasInventedCredentials(settings) || hasControlToken(env);
  if (!isOtherEnvironment && !isOtherOrigin) return { ...settings, space };
  if (!isOtherEnvironment && !hasSecrets)
    return { ...settings, origin, originSource: "origin that listen has left", space };
  throw new CliError(
    "OTHER_ENVIRONMENT",
    `This was registered at ${origin} (${environment}), and the credentials are for ${settings.origin} (${settings.environment}).`,
    `Run: thingspace-callbacks listen --restore --environment ${environment} --origin ${origin}`,
  );
}

/** Formats a result for people. */
export function formatRestored({ outcome, error, ...place }: RestoreResult): string {
  const { environment, origin, space, account } = place;
  const service = `--environment ${environment} --origin ${origin}`;
  const oneSpace = space === undefined ? "" : ` --space ${space}`;
  const sentence = {
    restored: "The former registration is back.",
    removed: "Nothing was registered before; the registration is removed.",
    unchanged: "Another URL or nothing is registered now; it was left as it is.",
    running: "Its listener still runs.",
    failed: `It could not be restored: ${error?.message ?? ""} ${error?.remedy ?? ""} Try again with: thingspace-callbacks listen --restore ${service} or forget it with: thingspace-callbacks listen --forget ${service}${oneSpace} --account ${account}`,
  }[outcome];
  return `${formatPlace(place)}: ${sentence}`;
}

/** Asks the listener itself, because another process may have its process id by now. */
export async function isRunning({ address, id }: ListenState): Promise<boolean> {
  try {
    const response = await fetch(`http://${address}${identityPath}`, { signal: AbortSignal.timeout(1000) });
    return (await response.text()) === id;
  } catch {
    return false;
  }
}
