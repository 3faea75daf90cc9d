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

/** Measures all contestants on one server of another process, by turns, one call after the other. */
export async function measureSpeed(rounds: number, callsPerRound: number): Promise<Speed[]> {
  const program = fileURLToPath(new URL("server.ts", import.meta.url));
  const server = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  try {
    const [origin] = await once(server.stdout as NodeJS.ReadableStream, "data");
    const contestants = contestantsAt(String(origin).trim());
    const speeds: Speed[] = [];
    for (const call of ["list", "register"] as const) {
      for (const contestant of contestants) await roundOf(contestant[call], 2_000);
      const measured = new Map<Contestant, Round[]>(contestants.map((contestant) => [contestant, []]));
      for (let round = 0; round < rounds; round++) {
        // Whoever is first one time is last the next.
        for (const contestant of round % 2 ? contestants.toReversed() : contestants) {
          measured.get(contestant)?.push(await roundOf(contestant[call], callsPerRound));
        }
      }
      const [bare = []] = measured.values();
      for (const [{ name }, own] of measured) {
        speeds.push({ call, by: name, time: costOf("time", own, bare), cpu: costOf("cpu", own, bare) });
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

const costOf = (what: keyof Round, own: Round[], bare: Round[]): Cost => ({
  microseconds: median(own.map((round) => round[what])),
  ratio: median(own.map((round, index) => round[what] / (bare[index]?.[what] ?? Number.NaN))),
});
