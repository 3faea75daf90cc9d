import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Contestant, contestantsAt } from "./contestants.ts";
import { median } from "./median.ts";

/** Time per call of one way of making one kind of call. */
export interface Speed {
  call: "list" | "register";
  by: string;
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
      for (const contestant of contestants) await timeOf(contestant[call], 2_000);
      const times = new Map<Contestant, number[]>(contestants.map((contestant) => [contestant, []]));
      for (let round = 0; round < rounds; round++) {
        // Whoever is first one time is last the next.
        for (const contestant of round % 2 ? contestants.toReversed() : contestants) {
          times.get(contestant)?.push(await timeOf(contestant[call], callsPerRound));
        }
      }
      const [bare = []] = times.values();
      for (const [{ name }, own] of times) {
        const ratio = median(own.map((time, round) => time / (bare[round] ?? Number.NaN)));
        speeds.push({ call, by: name, microseconds: median(own), ratio });
      }
    }
    return speeds;
  } finally {
    server.disconnect();
    await once(server, "exit");
  }
}

/** Microseconds per call. */
async function timeOf(call: () => Promise<unknown>, amount: number): Promise<number> {
  const begin = performance.now();
  for (let done = 0; done < amount; done++) await call();
  return ((performance.now() - begin) * 1000) / amount;
}
