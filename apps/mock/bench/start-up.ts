import { type Contestant, stop } from "@thingspace-callbacks/bench";
import type { BenchServer } from "./servers.ts";
import { start } from "./start.ts";

/** Makes the start of a server a contestant: milliseconds from spawning its process to its first response. */
export function startUpOf(server: BenchServer): Contestant<"readyMs"> {
  return {
    name: server.name,
    measure: async () => {
      const { child, readyMs } = await start(server);
      await stop(child);
      return { readyMs };
    },
  };
}
