import type { Invocation } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import type { ListenOptions } from "./options.ts";
import { isRunning } from "./restore.ts";
import {
  formatPlace,
  formatSpace,
  isAtService,
  type ListenState,
  readStates,
  removeState,
  toPlace,
} from "./state.ts";

/** Removes what earlier processes left at this service, in this space of a mock, and prints what was registered before. Nothing is sent to it. */
export async function forgetLeft({
  context,
  output,
  settings,
  options,
}: Invocation<ListenOptions>): Promise<ExitCode> {
  const { env } = context.io;
  const chosen = readStates(env).filter(
    (state) =>
      isAtService(state, settings) &&
      state.space === settings.space &&
      (options.account === undefined || state.account === options.account),
  );
  const forgotten: ListenState[] = [];
  for (const state of chosen) {
    if (await isRunning(state)) {
      output.note(`${formatPlace(state)}: Its listener still runs; it was not forgotten.`);
      continue;
    }
    removeState(env, state.id);
    forgotten.push(state);
    output.line(`${formatPlace(state)}: Forgotten. ${describeFormer(state)}`);
  }
  if (chosen.length === 0)
    output.line(`Nothing is left at ${settings.origin}${formatSpace(settings.space)}.`);
  output.data({
    forgotten: forgotten.map((state) => ({ ...toPlace(state), former: state.former })),
  });
  return exitCodes.ok;
}

function describeFormer({ former }: ListenState): string {
  if (!former) return "Nothing was registered before.";
  if ("snapshot" in former)
    return `What was registered before is in the snapshot ${former.snapshot} of the mock.`;
  const login = former.username === undefined ? "" : ` with the username ${former.username}`;
  return `Before, ${former.url} was registered${login}.`;
}
