import { describe, expect, it } from "vitest";
import { compareWithPeers, quantile } from "../src/index.ts";

/** A contestant whose rounds are given, and which notes that it was measured. */
function contestant(name: string, values: number[], calls: string[] = []) {
  let round = 0;
  return {
    name,
    measure: async () => {
      calls.push(name);
      // The first is the warm-up.
      const value = values[Math.max(0, round - 1)] ?? Number.NaN;
      round += 1;
      return { cost: value };
    },
  };
}

describe("comparing a subject with its peers", () => {
  it("divides values of the same round, so that a slow moment of the machine cancels out", async () => {
    const subject = contestant("subject", [10, 100, 12, 10]);
    const peer = contestant("peer", [5, 50, 6, 5]);
    const [pairing] = await compareWithPeers(subject, [peer], { rounds: 4 });
    expect(pairing?.figures.cost.ratio).toEqual({ median: 2, low: 2, high: 2 });
  });

  it("alternates who is measured first", async () => {
    const calls: string[] = [];
    const subject = contestant("A", [1, 1], calls);
    await compareWithPeers(subject, [contestant("B", [1, 1], calls)], { rounds: 2 });
    expect(calls.join("")).toBe("ABABBA");
  });

  it("reports the medians of both sides and the middle half of the ratios", async () => {
    const subject = contestant("subject", [1, 2, 3, 4, 5]);
    const peer = contestant("peer", [1, 1, 1, 1, 1]);
    const [pairing] = await compareWithPeers(subject, [peer], { rounds: 5 });
    expect(pairing?.figures.cost).toEqual({ subject: 3, peer: 1, ratio: { median: 3, low: 2, high: 4 } });
  });
});

describe("a quantile", () => {
  it("is interpolated between the two values beside it", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  });
});
