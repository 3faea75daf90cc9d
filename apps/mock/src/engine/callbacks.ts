import type { Handler, HandlerRequest, Handlers } from "../handler.ts";
import { ok } from "../handler.ts";
import { createRefusal, exampleOf } from "../refusal.ts";
import { type Registration, type Registrations, type Slot, slotOf } from "../state/registrations.ts";

/**
 * Registering, listing and removing callback URLs, in the form of each generation. The sources disagree on whether V1
 * and legacy list the username and password (departure D11): `listsCredentials` decides for both.
 */
export function callbackHandlers(
  registrations: Registrations,
  { listsCredentials }: { listsCredentials: boolean },
): Handlers {
  const registered = (slot: Slot, { operation, path: { account = "" } }: HandlerRequest) => {
    const registration = registrations.get(slot, account);
    if (!registration) return undefined;
    const { url, username, password } = registration;
    if (slot === "v2") return { url };
    // The example has the service's name; V1's is a list of one.
    const [example] = [exampleOf(operation, 200, "registered")].flat();
    const listed = { ...example, aname: account, url };
    return listsCredentials ? { ...listed, username, password } : listed;
  };

  const register =
    (slot: Slot): Handler =>
    ({ path: { account = "" }, body }) => {
      const registration: Registration & { name?: string } = body;
      registrations.put(slot, account, registration);
      const { url, name } = registration;
      return ok(slot === "v2" ? { url } : { accountName: account, serviceName: name });
    };

  const deregister =
    (api: string): Handler =>
    ({ operation, path: { account = "" } }) => {
      if (!registrations.remove(slotOf(api), account)) {
        throw createRefusal(operation, "callbackNotRegistered");
      }
      return ok({ success: true });
    };

  return {
    v1: {
      listRegisteredCallbacks: (request) => ok([registered("v1", request)].filter((item) => !!item)),
      registerCallback: register("v1"),
      deregisterCallback: deregister("v1"),
    },
    legacy: {
      getCallbacksUsingGet: (request) => ok(registered("v1", request) ?? {}),
      registerCallbackUsingPost: register("v1"),
      deregisterCallbackUsingDelete: deregister("legacy"),
    },
    v2: {
      listRegisteredCallbacks: (request) => ok(registered("v2", request) ?? {}),
      registerCallback: register("v2"),
      updateCallback: register("v2"),
      deregisterCallback: deregister("v2"),
    },
  };
}
