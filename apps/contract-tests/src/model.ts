import { getGeneration } from "@thingspace-callbacks/contract";

/** The members of the request body of a registration. */
export type Registration = Record<string, unknown>;

/** The expected registrations. Some generations share one registration per account (departure D27). */
export function createModel() {
  const slots = new Map<string, Registration>();
  const slotOf = (api: string, account: string) => `${getGeneration(api).registration} ${account}`;
  return {
    put: (api: string, account: string, body: Registration) => slots.set(slotOf(api, account), body),
    get: (api: string, account: string) => slots.get(slotOf(api, account)),
    remove: (api: string, account: string) => slots.delete(slotOf(api, account)),
  };
}

export type Model = ReturnType<typeof createModel>;
