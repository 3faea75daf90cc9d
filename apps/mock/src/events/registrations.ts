import type { Registrations } from "../state/registrations.ts";
import type { Events } from "./events.ts";

/** A change of what is registered. `api` is the name of the registration. */
export interface RegistrationChange {
  action: "put" | "removed" | "cleared";
  api?: string;
  account?: string;
}

/** Returns registrations whose changes are events. */
export function withEvents(registrations: Registrations, events: Events): Registrations {
  const report = (change: RegistrationChange) => events.add("registration", change);
  return {
    ...registrations,
    put: (api, account, registration) => {
      registrations.put(api, account, registration);
      report({ action: "put", api, account });
    },
    remove: (api, account) => {
      const isRemoved = registrations.remove(api, account);
      if (isRemoved) report({ action: "removed", api, account });
      return isRemoved;
    },
    clear: () => {
      const count = registrations.clear();
      report({ action: "cleared" });
      return count;
    },
  };
}
