import { stop } from "./child.ts";
import { measure } from "./measure.ts";
import { methods } from "./requests.ts";
import { residentOf } from "./resident.ts";
import type { Contestant } from "./servers.ts";
import { start } from "./start.ts";

const step = 100_000;
const steps = 10;

/** A server's resident memory in MiB, at the start and after each 100,000 of a million requests. */
export async function memoryOverMillion(
  contestant: Contestant,
  report: (progress: string) => void,
): Promise<number[]> {
  const { child, ...started } = await start(contestant);
  const sample = () => residentOf(child.pid ?? 0).now;
  const samples = [sample()];
  for (let done = 1; done <= steps; done += 1) {
    report(`Memory: ${(done * step).toLocaleString("en")} requests`);
    await measure({ child, ...started }, methods, { amount: step });
    samples.push(sample());
  }
  await stop(child);
  return samples;
}

/** How much of the memory at half time the highest sample after it adds, as a share. */
export function growthOverLastHalf(samples: number[]): number {
  const [half = Number.NaN, ...later] = samples.slice(Math.floor(samples.length / 2));
  return Math.max(...later) / half - 1;
}
