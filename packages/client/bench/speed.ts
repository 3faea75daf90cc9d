import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Contestant, contestantsAt } from "./contestants.ts";
import { median } from "./median.ts";

/** What one way of making one kind of call costs. */
export interface Speed {
  call: "list" | "register";
  by: string;
  /** From the call to its answer. */
  time: Cost;
  /** Of the processor, in this process: steadier than time on a machine with other work. */
  cpu: Cost;
}

export interface Cost {
  microseconds: number;
  /** To bare fetch: the median over rounds of the quotient within a round. */
  ratio: number;
}

/** Measures each contestant beside bare fetch, by turns, one call after the other, on one server of another process. */
export async function measureSpeed(rounds: number, callsPerRound: number): Promise<Speed[]> {
  const program = fileURLToPath(new URL("server.ts", import.meta.url));
  const server = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  try {
    const [origin] = await once(server.stdout as NodeJS.ReadableStream, "data");
    const [bare, ...others] = contestantsAt(String(origin).trim());
    const speeds: Speed[] = [];
    for (const contestant of others) {
      for (const call of ["list", "register"] as const) {
        const pair = [bare, contestant];
        const measured = pair.map((): Round[] => []);
        for (const one of pair) await roundOf(one[call], 2_000);
        for (let round = 0; round < rounds; round++) {
          // Whoever is first one time is last the next.
          for (const at of round % 2 ? [1, 0] : [0, 1]) {
            measured[at]?.push(await roundOf((pair[at] as Contestant)[call], callsPerRound));
          }
        }
        const [own, theirs] = measured as [Round[], Round[]];
        const speedOf = ({ name }: Contestant, costs: Round[]): Speed => ({
          call,
          by: name,
          time: costOf("time", costs, own),
          cpu: costOf("cpu", costs, own),
        });
        if (contestant === others[0]) speeds.push(speedOf(bare, own));
        speeds.push(speedOf(contestant, theirs));
      }
    }
    return speeds;
  } finally {
    server.disconnect();
    await once(server, "exit");
  }
}

/** Microseconds per call. */
type Round = Record<"time" | "cpu", number>;

async function roundOf(call: () => Promise<unknown>, calls: number): Promise<Round> {
  const begin = performance.now();
  const before = process.cpuUsage();
  for (let done = 0; done < calls; done++) await call();
  const { user, system } = process.cpuUsage(before);
  return { time: ((performance.now() - begin) * 1000) / calls, cpu: (user + system) / calls };
}

const costOf = (what: keyof Round, costs: Round[], bare: Round[]): Cost => ({
  microseconds: median(costs.map((round) => round[what])),
  ratio: median(costs.map((round, index) => round[what] / (bare[index]?.[what] ?? Number.NaN))),
});
