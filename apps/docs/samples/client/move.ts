import type { ThingSpaceClient } from "@thingspace-callbacks/client";

export async function moveToV3(thingspace: ThingSpaceClient, account: string): Promise<void> {
  for (const { api, url } of await thingspace.registrations.list(account)) console.log(api, url);

  // Registers in V3, then deregisters from V1. If that fails, undoes the registration in V3.
  const { ok, steps } = await thingspace.registrations.move({ account, from: "v1", to: "v3" });
  console.log(ok ? "moved" : "not moved", steps);
}
