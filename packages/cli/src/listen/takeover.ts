import { isThingSpaceApiError, isThingSpaceCredentialsError } from "@thingspace-callbacks/client";
import type { Login } from "../callbacks/login.ts";
import type { Context } from "../context.ts";
import { type Control, createControl } from "../control/control.ts";
import { withClient } from "../service/connect.ts";
import { callRole, listOne } from "../service/registrations.ts";
import type { Settings } from "../settings/settings.ts";
import { deleteSnapshot, readSnapshot, saveSnapshot } from "./snapshot.ts";
import { hashUrl, type ListenState, removeState, saveState } from "./state.ts";

/**
 * Registers the URL of a listener. The state file names what was registered before anything changes. It is removed when the
 * registration is refused, because then nothing is left to put back.
 */
export async function takeOver(
  context: Context,
  settings: Settings,
  state: ListenState,
  { url, login }: { url: string; login: Login | undefined },
): Promise<void> {
  const { former, api, account } = state;
  saveState(context.io.env, state);
  let mayBeRegistered = false;
  try {
    const formerLogin =
      former && "snapshot" in former
        ? await keepFormer(createControl(settings, context.io.env), former.snapshot)
        : {};
    const body = { url, ...(login ?? formerLogin) };
    await withClient(context, settings, async (client) => {
      mayBeRegistered = true;
      await callRole(client, api, "register", account, body).catch((error: unknown) => {
        mayBeRegistered = !isRefused(error);
        throw error;
      });
    });
  } catch (error) {
    if (!mayBeRegistered) await removeUnused(context, settings, state);
    throw error;
  }

  // The program behind --forward-to gets the messages with the password that it knows.
  async function keepFormer(control: Control, name: string): Promise<Login> {
    await saveSnapshot(control, name);
    const { username, password } = await readSnapshot(control, state, name);
    return { username, password };
  }
}

/** Returns true if the only attempt was refused. An attempt without a response may have changed the registration. */
function isRefused(error: unknown): boolean {
  if (isThingSpaceCredentialsError(error)) return error.attempts <= 1;
  return isThingSpaceApiError(error) && error.status >= 400 && error.status < 500 && error.attempts === 1;
}

/** Removes the state of a registration that was not changed, and its snapshot if the mock still responds. */
async function removeUnused(
  context: Context,
  settings: Settings,
  { id, former }: ListenState,
): Promise<void> {
  if (former && "snapshot" in former)
    await deleteSnapshot(createControl(settings, context.io.env), former.snapshot).catch(() => {});
  removeState(context.io.env, id);
}

/** The result of putting a registration back. */
export type Restored = "restored" | "removed" | "unchanged";

/**
 * Puts back what was registered before, unless another URL has been registered since. It can be repeated after a crash at
 * any moment.
 *
 * @param getPassword resolves with the password of a former registration at production, which has a username
 */
export async function putBack(
  context: Context,
  settings: Settings,
  state: ListenState,
  getPassword: () => Promise<string>,
): Promise<Restored> {
  const { api, account, former } = state;
  const restored = await withClient(context, settings, async (client): Promise<Restored> => {
    const [current] = await listOne(client, api, account);
    if (!current || hashUrl(current.url) !== state.urlHash) return "unchanged";
    if (!former) {
      await callRole(client, api, "deregister", account);
      return "removed";
    }
    await callRole(client, api, "register", account, await readFormer());
    return "restored";
  });
  if (former && "snapshot" in former)
    await deleteSnapshot(createControl(settings, context.io.env), former.snapshot);
  removeState(context.io.env, state.id);
  return restored;

  async function readFormer(): Promise<object> {
    if (former && "snapshot" in former)
      return readSnapshot(createControl(settings, context.io.env), state, former.snapshot);
    return { ...former, ...(former?.username !== undefined && { password: await getPassword() }) };
  }
}
