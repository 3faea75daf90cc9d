import { type LoadGenerator, readResidentMemory, stop } from "@thingspace-callbacks/bench";
import { headersOf, methods, requests } from "./requests.ts";
import type { BenchServer } from "./servers.ts";
import { start } from "./start.ts";

const step = 100_000;
const steps = 10;

/** Samples a server's resident memory in MiB, at the start and after each 100,000 of a million requests. */
export async function sampleMemoryOverMillion(
  server: BenchServer,
  generator: LoadGenerator,
  report: (progress: string) => void,
): Promise<number[]> {
  const { child, origin, basePath, tokens } = await start(server);
  const sample = () => readResidentMemory(child.pid ?? 0).now;
  const mixed = methods.map((method) => ({
    ...requests[method],
    path: basePath + requests[method].path,
    headers: headersOf(method, tokens),
  }));
  const samples = [sample()];
  for (let done = 1; done <= steps; done += 1) {
    report(`Memory: ${(done * step).toLocaleString("en")} requests`);
    await generator.run({ url: origin, requests: mixed, length: { amount: step } });
    samples.push(sample());
  }
  await stop(child);
  return samples;
}

/** Returns the share that the highest sample of the last half adds to the memory at half time. */
export function growthOverLastHalf(samples: number[]): number {
  const [half = Number.NaN, ...later] = samples.slice(Math.floor(samples.length / 2));
  return Math.max(...later) / half - 1;
}
