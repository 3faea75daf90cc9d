// Sends every request through a proxy, with undici.

import {
  type ClientOptions,
  createThingSpaceClient,
  type ThingSpaceClient,
} from "@thingspace-callbacks/client";
import { ProxyAgent, fetch as undiciFetch } from "undici";

export function createClientBehindProxy(proxyUrl: string, options: ClientOptions): ThingSpaceClient {
  const dispatcher = new ProxyAgent(proxyUrl);
  return createThingSpaceClient({
    ...options,
    fetch: (url, init) => undiciFetch(url, { ...init, dispatcher }),
  });
}
