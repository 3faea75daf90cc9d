// Trusts a certificate authority of your own, such as that of a proxy that inspects TLS, with undici.

import {
  type ClientOptions,
  createThingSpaceClient,
  type ThingSpaceClient,
} from "@thingspace-callbacks/client";
import { Agent, fetch as undiciFetch } from "undici";

export function createClientWithAuthority(ca: string, options: ClientOptions): ThingSpaceClient {
  const dispatcher = new Agent({ connect: { ca } });
  return createThingSpaceClient({
    ...options,
    fetch: (url, init) => undiciFetch(url, { ...init, dispatcher }),
  });
}
