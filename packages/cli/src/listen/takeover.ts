import type { ThingSpaceClient } from "@thingspace-callbacks/client";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { type Control, createControl } from "../control/control.ts";
import { exitCodes } from "../exit-code.ts";
import { generations } from "../generated/facts.ts";
import { withClient } from "../service/connect.ts";
import { callRole, listOne } from "../service/registrations.ts";
import type { Settings } from "../settings/settings.ts";
import { hashUrl, type ListenState, removeState, saveState } from "./state.ts";

interface Registered {
  api: string;
  account: string;
  url: string;
  username?: string;
  password?: string;
}

/**
 * Registers the URL of a listener at the mock. What is registered before is kept in a snapshot of the mock, because no
 * operation returns its password; the state file names the snapshot before anything changes.
 */
export async function takeOver(
  context: Context,
  settings: Settings,
  { url, ...listener }: Pick<ListenState, "id" | "address" | "api" | "account"> & { url: string },
): Promise<ListenState> {
  const control = createControl(settings, context.io.env);
  const { registrations } = await control<{ registrations: Registered[] }>({ operationId: "getState" });
  const former = registrations.find((one) => isSame(one, listener));
  const snapshot = former ? `listen-${listener.id}` : undefined;
  const state: ListenState = {
    ...listener,
    origin: settings.origin,
    ...(settings.space !== undefined && { space: settings.space }),
    urlHash: hashUrl(url),
    ...(snapshot !== undefined && { snapshot }),
  };
  saveState(context.io.env, state);
  if (snapshot !== undefined) await control({ operationId: "saveSnapshot", body: { name: snapshot } });
  await withClient(context, settings, (client) =>
    callRole(client, listener.api, "register", listener.account, { url }),
  );
  return state;
}

/** The result of putting a registration back. */
export type Restored = "restored" | "removed" | "unchanged";

/**
 * Puts back what was registered before, unless another URL has been registered since. It can be repeated after a crash at
 * any moment.
 */
export async function putBack(context: Context, given: Settings, state: ListenState): Promise<Restored> {
  const { origin, space, api, account, snapshot } = state;
  const settings: Settings = { ...given, environment: "mock", origin, space };
  const control = createControl(settings, context.io.env);
  const restored = await withClient(context, settings, async (client) => {
    const [current] = await listOne(client, api, account);
    if (!current || hashUrl(current.url) !== state.urlHash) return "unchanged";
    return snapshot === undefined ? remove(client, state) : restore(client, control, state, snapshot);
  });
  if (snapshot !== undefined) await deleteSnapshot(control, snapshot);
  removeState(context.io.env, state.id);
  return restored;
}

async function remove(client: ThingSpaceClient, { api, account }: ListenState): Promise<Restored> {
  await callRole(client, api, "deregister", account);
  return "removed";
}

async function restore(
  client: ThingSpaceClient,
  control: Control,
  state: ListenState,
  name: string,
): Promise<Restored> {
  const { registrations } = await control<{ registrations: Registered[] }>({
    operationId: "getSnapshot",
    path: { name },
  });
  const former = registrations.find((one) => isSame(one, state));
  if (!former) {
    const message = `The snapshot ${name} of the mock has no registration of ${state.account}.`;
    throw new CliError("FORMER_MISSING", message, "Register the former URL again.", exitCodes.failed);
  }
  const { url, username, password } = former;
  const login = generations[state.api].takesLogin ? { username, password } : {};
  await callRole(client, state.api, "register", state.account, { url, ...login });
  return "restored";
}

async function deleteSnapshot(control: Control, name: string): Promise<void> {
  try {
    await control({ operationId: "deleteSnapshot", path: { name } });
  } catch (error) {
    // It may be gone already, or never have been saved.
    if (!(error instanceof CliError) || error.exitCode !== exitCodes.refused) throw error;
  }
}

/** The mock lists a registration under the name that generations share. */
const isSame = (one: Registered, { api, account }: Pick<ListenState, "api" | "account">) =>
  one.api === generations[api].registration && one.account === account;
