import type { ThingSpaceClient } from "@thingspace-callbacks/client";

export async function moveToV2(thingspace: ThingSpaceClient, account: string): Promise<void> {
  for (const { api, url } of await thingspace.registrations.list(account)) console.log(api, url);

  // Registers in V2, then deregisters from V1. If that fails, undoes the registration in V2.
  const { ok, steps } = await thingspace.registrations.move({ account, from: "v1", to: "v2" });
  console.log(ok ? "moved" : "not moved", steps);
}
