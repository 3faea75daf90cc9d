import type { Load } from "./load.ts";
import { measure } from "./measure.ts";
import { median } from "./median.ts";
import { type Method, methods } from "./requests.ts";
import type { Started } from "./start.ts";

/** Medians of the rounds for one server and method, and each round's rate. */
export interface Throughput extends Omit<Load, "failures"> {
  server: string;
  method: Method;
  rounds: number[];
}

const warmUpSeconds = 2;

/**
 * Measures every server with every method. The rounds are interleaved (A B C A B C), so that a slow minute of the
 * machine hits all of them.
 */
export async function throughputOf(
  servers: Started[],
  { seconds, rounds }: { seconds: number; rounds: number },
  report: (progress: string) => void,
): Promise<Throughput[]> {
  // POST first, so that the mock has something to list.
  const scenarios = methods
    .toReversed()
    .flatMap((method) => servers.map((server) => ({ server, method, loads: [] as Load[] })));
  for (const { server, method } of scenarios) {
    report(`Warming up: ${server.contestant.name}, ${method}`);
    await measure(server, [method], { seconds: warmUpSeconds });
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const { server, method, loads } of scenarios) {
      report(`Round ${round} of ${rounds}: ${server.contestant.name}, ${method}`);
      loads.push(await measure(server, [method], { seconds }));
    }
  }
  return scenarios.map(({ server, method, loads }) => ({
    server: server.contestant.name,
    method,
    perSecond: median(loads.map(({ perSecond }) => perSecond)),
    p50Ms: median(loads.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(loads.map(({ p99Ms }) => p99Ms)),
    rounds: loads.map(({ perSecond }) => perSecond),
  }));
}
