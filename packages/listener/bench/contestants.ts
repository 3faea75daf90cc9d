import type { Contestant, LoadGenerator } from "@thingspace-callbacks/bench";
import { readHandled } from "./paced.ts";
import type { BenchServer } from "./start.ts";

/** `perSecond`: messages until 204. `handledPerSecond`: until all of them are handled, which takes an inbox longer. */
export type Figure = "perSecond" | "handledPerSecond" | "p99Ms" | "cpuMicroseconds";

interface Load {
  generator: LoadGenerator;
  seconds: number;
  connections: number;
  body: string;
}

/** Makes a server that receives one kind of message a contestant: a round lasts the given number of seconds. */
export function contestantOf(
  { name, origin }: BenchServer,
  { generator, seconds, connections, body }: Load,
): Contestant<Figure> {
  const headers = { "content-type": "application/json" };
  const request = { method: "POST" as const, path: "/", headers, body };
  return {
    name,
    measure: async () => {
      const before = await readCpuMicroseconds(origin);
      const { perSecond, p99Ms } = await generator.run({
        url: origin,
        requests: [request],
        length: { seconds },
        connections,
      });
      // An inbox has work left, which must not disturb the peer, and counts as its own.
      const { handledMs, spanMs } = await readHandled({ origin });
      const handledPerSecond = spanMs > 0 ? (handledMs.length * 1_000) / spanMs : perSecond;
      const spent = (await readCpuMicroseconds(origin)) - before;
      return { perSecond, handledPerSecond, p99Ms, cpuMicroseconds: spent / (perSecond * seconds) };
    },
  };
}

/** Reads what the server's process has used of its processor so far. */
async function readCpuMicroseconds(origin: string): Promise<number> {
  const response = await fetch(`${origin}/cpu`);
  const { user, system } = (await response.json()) as NodeJS.CpuUsage;
  return user + system;
}
