import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { spawnNode, stop } from "@thingspace-callbacks/bench";

/** The messages that a listener got. */
export interface Arrivals {
  arrived: number;
  /** Messages that came before an older one of their account. */
  orderErrors: number;
}

/** A listener in a process of its own, on the core that the servers do not use. */
export interface Listener {
  url: string;
  /** Resolves as soon as the listener waits for so many messages more; `arrivals` does when they have arrived. */
  expect(more: number): Promise<{ arrivals: Promise<Arrivals> }>;
  stop(): Promise<void>;
}

export async function startListener(): Promise<Listener> {
  const program = fileURLToPath(new URL("listener-process.ts", import.meta.url));
  const child = spawnNode("load", [program], ["ignore", "inherit", "inherit", "ipc"]);
  const [{ port }] = await once(child, "message");
  return {
    url: `http://127.0.0.1:${port}`,
    expect: async (more) => {
      child.send(more);
      await once(child, "message");
      return { arrivals: once(child, "message").then(([arrivals]) => arrivals as Arrivals) };
    },
    stop: () => stop(child),
  };
}
