// Sends every request through a dispatcher of undici: with other limits, an interceptor, or undici's MockAgent.

import {
  type ClientOptions,
  createThingSpaceClient,
  type ThingSpaceClient,
} from "@thingspace-callbacks/client";
import { type Dispatcher, fetch as undiciFetch } from "undici";

export function createClientWithDispatcher(dispatcher: Dispatcher, options: ClientOptions): ThingSpaceClient {
  return createThingSpaceClient({
    ...options,
    fetch: (url, init) => undiciFetch(url, { ...init, dispatcher }),
  });
}
