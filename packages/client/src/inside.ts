import type { Api } from "./api.ts";
import type { ThingSpaceClient } from "./client.ts";
import type { Transport } from "./transport.ts";

/** What a client has for the package's other entry. */
export interface Inside {
  baseUrls: Record<Api, string>;
  transport: Transport;
}

const insides = new WeakMap<ThingSpaceClient, Inside>();

export const setInside = (thingspace: ThingSpaceClient, inside: Inside) => insides.set(thingspace, inside);

/** @throws {TypeError} for anything that `createThingSpaceClient` has not made. */
export function insideOf(thingspace: ThingSpaceClient): Inside {
  const inside = insides.get(thingspace);
  if (inside) return inside;
  throw new TypeError("thingspace must be what createThingSpaceClient gives.");
}
