import { randomUUID } from "node:crypto";
import type { Api } from "../generated/facts.ts";
import { type RunningListener, startListener } from "../listen/server.ts";

/** The listeners of a scenario, for registrations that name no URL. */
export interface Listeners {
  /** Returns the URL of the listener for a generation, and starts it the first time. */
  getUrl(api: Api): Promise<string>;
  close(): Promise<void>;
}

/** Creates the listeners of a scenario. They acknowledge every message. */
export function createListeners(): Listeners {
  const started = new Map<Api, { listener: RunningListener; url: string }>();
  return {
    getUrl: async (api) => {
      const known = started.get(api);
      if (known) return known.url;
      const pathSecret = randomUUID();
      const listener = await startListener({
        id: randomUUID(),
        api,
        port: 0,
        pathSecret,
        forwardTo: undefined,
        onMessage: async () => {},
        onArrived: () => {},
        onRefused: () => {},
      });
      const url = `http://${listener.address}/${pathSecret}`;
      started.set(api, { listener, url });
      return url;
    },
    close: async () => {
      await Promise.all([...started.values()].map(({ listener }) => listener.close()));
    },
  };
}
