/** What a registration was made with, as the request's body has it. */
export type Registration = Record<string, unknown>;

/** What should be registered: V1 and legacy share a slot per account, others have their own (departure D27). */
export function createModel() {
  const slots = new Map<string, Registration>();
  const slotOf = (api: string, account: string) => `${api === "legacy" ? "v1" : api} ${account}`;
  return {
    put: (api: string, account: string, body: Registration) => slots.set(slotOf(api, account), body),
    get: (api: string, account: string) => slots.get(slotOf(api, account)),
    remove: (api: string, account: string) => slots.delete(slotOf(api, account)),
  };
}

export type Model = ReturnType<typeof createModel>;
