import type { Login } from "../callbacks/login.ts";
import { CliError } from "../cli-error.ts";
import type { Control } from "../control/control.ts";
import { exitCodes } from "../exit-code.ts";
import { generations } from "../generated/facts.ts";
import type { Place } from "./state.ts";

// At a mock the former registration is kept in a snapshot, because no operation returns its password.

/** Returns true if something is registered at the mock. */
export async function isRegistered(control: Control, place: Place): Promise<boolean> {
  const { registrations } = await control({ operationId: "getState" });
  return registrations.some((one) => isAt(one, place));
}

/** Saves the state of the mock. */
export const saveSnapshot = (control: Control, name: string) =>
  control({ operationId: "saveSnapshot", body: { name } });

/** Returns what is needed to register the URL in a snapshot again. */
export async function readSnapshot(
  control: Control,
  place: Place,
  name: string,
): Promise<{ url: string } & Login> {
  const { registrations } = await control({
    operationId: "getSnapshot",
    path: { name },
  });
  const former = registrations.find((one) => isAt(one, place));
  if (!former) {
    const message = `The snapshot ${name} of the mock has no registration of ${place.account}.`;
    throw new CliError("FORMER_MISSING", message, "Register the former URL again.", exitCodes.failed);
  }
  const { url, username, password } = former;
  return { url, ...(generations[place.api].takesLogin && { username, password }) };
}

/** Deletes a snapshot. It may be gone already, or never have been saved. */
export async function deleteSnapshot(control: Control, name: string): Promise<void> {
  try {
    await control({ operationId: "deleteSnapshot", path: { name } });
  } catch (error) {
    if (!(error instanceof CliError) || error.exitCode !== exitCodes.refused) throw error;
  }
}

/** The mock lists a registration under the name that generations share. */
const isAt = (one: { api: string; account: string }, { api, account }: Place) =>
  one.api === generations[api].registration && one.account === account;
