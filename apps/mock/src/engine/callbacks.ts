import type { Handler, Handlers } from "../handler.ts";
import { ok } from "../handler.ts";
import { exampleOf, Refusal } from "../refusal.ts";
import { type Registration, type Registrations, type Slot, slotOf } from "../state/registrations.ts";

/** Registering, listing and removing callback URLs, in the form of each generation. */
export function callbackHandlers(registrations: Registrations): Handlers {
  const registered = (slot: Slot, account: string | undefined) => {
    const registration = registrations.get(slot, account ?? "");
    if (!registration) return undefined;
    // The password is never listed (departure D11).
    const { url, username } = registration;
    return slot === "v2"
      ? { url }
      : { aname: account, name: "Fota", url, ...(username !== undefined && { username }) };
  };

  const register =
    (slot: Slot): Handler =>
    ({ path: { account = "" }, body }) => {
      const registration: Registration = body;
      registrations.put(slot, account, registration);
      return ok(slot === "v2" ? { url: registration.url } : { accountName: account, serviceName: "Fota" });
    };

  const deregister =
    (api: string): Handler =>
    ({ operation, path: { account = "" } }) => {
      if (!registrations.remove(slotOf(api), account)) {
        throw new Refusal(400, exampleOf(operation, 400, "callbackNotRegistered"));
      }
      return ok({ success: true });
    };

  return {
    v1: {
      listRegisteredCallbacks: ({ path }) => ok([registered("v1", path["account"])].filter((item) => !!item)),
      registerCallback: register("v1"),
      deregisterCallback: deregister("v1"),
    },
    legacy: {
      getCallbacksUsingGet: ({ path }) => ok(registered("v1", path["account"]) ?? {}),
      registerCallbackUsingPost: register("v1"),
      deregisterCallbackUsingDelete: deregister("legacy"),
    },
    v2: {
      listRegisteredCallbacks: ({ path }) => ok(registered("v2", path["account"]) ?? {}),
      registerCallback: register("v2"),
      updateCallback: register("v2"),
      deregisterCallback: deregister("v2"),
    },
  };
}
