import { formatRatio, formatTable, type Pairing } from "@thingspace-callbacks/bench";
import { aims } from "./aims.ts";
import type { Figure } from "./contestants.ts";
import { growthOverLastHalf } from "./million.ts";
import type { Method } from "./requests.ts";

/** The results of one run; `results.json` holds them. */
export interface Results {
  machine: Record<string, string | number | boolean>;
  rounds: number;
  seconds: number;
  /** The mock beside each peer, by method. */
  load: Record<Method, Pairing<Figure>[]>;
  /** The mock's start beside each peer's. */
  startUp: Pairing<"readyMs">[];
  /** By server, in MiB: before the load, and the highest under it where the system keeps that. */
  resident: Record<string, { idle: number; peak?: number | undefined }>;
  /** Of the mock, in MiB, at the start and after each 100,000 requests. */
  memory?: number[];
}

/** Formats the results as tables that can be pasted into Markdown. */
export function formatResults({ load, startUp, resident, memory }: Results): string {
  const tables = [
    formatTable(
      ["mock beside", "request", "mock/s", "peer/s", "ratio (middle half)", "aim", "p99 ms, mock / peer"],
      Object.entries(load).flatMap(([method, pairings]) =>
        pairings.map(({ peer, figures: { perSecond, p99Ms } }) => [
          peer,
          method,
          Math.round(perSecond.subject).toLocaleString("en"),
          Math.round(perSecond.peer).toLocaleString("en"),
          formatRatio(perSecond.ratio),
          formatAim(peer, perSecond.ratio.median),
          `${p99Ms.subject.toFixed(2)} / ${p99Ms.peer.toFixed(2)}`,
        ]),
      ),
    ),
    formatTable(
      ["start-up beside", "mock ms", "peer ms", "ratio (middle half)"],
      startUp.map(({ peer, figures: { readyMs } }) => [
        peer,
        readyMs.subject.toFixed(0),
        readyMs.peer.toFixed(0),
        formatRatio(readyMs.ratio),
      ]),
    ),
    formatTable(
      ["server", "idle MiB", "peak MiB"],
      Object.entries(resident).map(([name, { idle, peak }]) => [
        name,
        idle.toFixed(0),
        peak?.toFixed(0) ?? "-",
      ]),
    ),
  ];
  if (memory) {
    tables.push(
      formatTable(
        ["thousand requests", ...memory.map((_, index) => String(index * 100))],
        [["MiB", ...memory.map((value) => value.toFixed(0))]],
      ),
      `Growth over their last half: ${(growthOverLastHalf(memory) * 100).toFixed(1)} %`,
    );
  }
  return tables.join("\n\n");
}

function formatAim(peer: string, ratio: number): string {
  const aim = aims[peer];
  if (aim === undefined) return "";
  return `>= ${aim}, ${ratio >= aim ? "met" : "missed"}`;
}
