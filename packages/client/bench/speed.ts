import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  type Contestant,
  compareWithPeers,
  type Pairing,
  spawnNode,
  stop,
} from "@thingspace-callbacks/bench";
import { type Caller, createCallers } from "./callers.ts";

export type Figure = "microseconds" | "cpuMicroseconds";

/** The cost of one kind of call in each way of making it, beside bare fetch. */
export interface Speed {
  call: "list" | "register";
  pairings: Pairing<Figure>[];
}

const callsPerRound = 40;
const warmUpRounds = 100;

/** Measures each way of calling beside bare fetch, one call after the other, on a server in another process. */
export async function measureSpeed(
  rounds: number,
  against: string | undefined,
  report: (progress: string) => void,
): Promise<Speed[]> {
  const program = fileURLToPath(new URL("server.ts", import.meta.url));
  const server = spawnNode("load", [program], ["ignore", "pipe", "inherit"]);
  const [origin] = await once(server.stdout as NodeJS.ReadableStream, "data");
  const { fetch, others } = await createCallers(String(origin).trim(), against);
  const speeds: Speed[] = [];
  for (const call of ["list", "register"] as const) {
    const pairings: Pairing<Figure>[] = [];
    for (const other of others) {
      const subject = contestantOf(other, call);
      const peers = [contestantOf(fetch, call)];
      pairings.push(...(await compareWithPeers(subject, peers, { rounds, warmUpRounds, report })));
    }
    speeds.push({ call, pairings });
  }
  await stop(server);
  return speeds;
}

function contestantOf(caller: Caller, call: Speed["call"]): Contestant<Figure> {
  return {
    name: caller.name,
    measure: async () => {
      const begin = performance.now();
      const before = process.cpuUsage();
      for (let done = 0; done < callsPerRound; done += 1) await caller[call]();
      const { user, system } = process.cpuUsage(before);
      return {
        microseconds: ((performance.now() - begin) * 1000) / callsPerRound,
        // The time of this process is steadier than wall-clock time on a busy machine.
        cpuMicroseconds: (user + system) / callsPerRound,
      };
    },
  };
}
