import { stop } from "./child.ts";
import { median } from "./median.ts";
import type { Contestant } from "./servers.ts";
import { start } from "./start.ts";

const times = 5;

/** Milliseconds from spawning each server to its first answer: the median of five, interleaved. */
export async function startUpOf(
  contestants: Contestant[],
  report: (progress: string) => void,
): Promise<Record<string, number>> {
  const all = contestants.map((contestant) => ({ contestant, readyMs: [] as number[] }));
  for (let time = 1; time <= times; time += 1) {
    for (const { contestant, readyMs } of all) {
      report(`Start ${time} of ${times}: ${contestant.name}`);
      const started = await start(contestant);
      readyMs.push(started.readyMs);
      await stop(started.child);
    }
  }
  return Object.fromEntries(all.map(({ contestant, readyMs }) => [contestant.name, median(readyMs)]));
}
