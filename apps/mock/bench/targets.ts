import { median } from "./median.ts";
import { growthOverLastHalf } from "./million.ts";
import { methods } from "./requests.ts";
import type { Results } from "./results.ts";
import { names } from "./servers.ts";

/** Something that was aimed at and what was measured. */
export interface Target {
  what: string;
  measured: number;
  unit: string;
  isMet: boolean;
  aim: string;
}

const ratios = [
  { peer: names.prism, atLeast: 10 },
  { peer: names.quietPrism, atLeast: 5 },
  { peer: names.bare, atLeast: 0.55 },
];

/** What the mock should reach, against what it did. */
export function targetsOf({ throughput, readyMs, memoryMiB }: Omit<Results, "targets">): Target[] {
  const roundsOf = (name: string, method: string) =>
    throughput.find((entry) => entry.server === name && entry.method === method)?.rounds ?? [];
  const targets = methods.flatMap((method) =>
    ratios.map(({ peer, atLeast }) => {
      // Of the same round, because what disturbs the machine disturbs both.
      const others = roundsOf(peer, method);
      const measured = median(
        roundsOf(names.mock, method).map((rate, round) => rate / (others[round] ?? Number.NaN)),
      );
      return target(`${method}, requests/s to ${peer}`, measured, "x", ">=", atLeast);
    }),
  );
  targets.push(target("start-up", readyMs[names.mock] ?? Number.NaN, "ms", "<", 1000));
  if (memoryMiB) {
    targets.push(
      target("memory after a million requests", memoryMiB.at(-1) ?? Number.NaN, "MiB", "<", 150),
      target("growth over their last half", growthOverLastHalf(memoryMiB) * 100, "%", "<", 10),
    );
  }
  return targets;
}

function target(what: string, measured: number, unit: string, sign: ">=" | "<", bound: number): Target {
  const isMet = sign === "<" ? measured < bound : measured >= bound;
  return { what, measured, unit, isMet, aim: `${sign} ${bound} ${unit}` };
}
