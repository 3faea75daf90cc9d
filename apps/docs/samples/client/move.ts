import type { ThingSpaceClient } from "@thingspace-callbacks/client";

export async function moveToV2(thingspace: ThingSpaceClient, account: string): Promise<void> {
  for (const { api, url } of await thingspace.registrations.list(account)) console.log(api, url);

  // Registers in V2 first and deregisters from V1 afterwards; undoes the first if the second fails.
  const { ok, steps } = await thingspace.registrations.move({ account, from: "v1", to: "v2" });
  console.log(ok ? "moved" : "not moved", steps);
}
