import type { machine } from "./machine.ts";
import type { Target } from "./targets.ts";
import type { Throughput } from "./throughput.ts";

/** What one run measured; `results.json` holds it. */
export interface Results {
  machine: typeof machine;
  seconds: number;
  throughput: Throughput[];
  /** By server. */
  readyMs: Record<string, number>;
  /** By server: before the load, and the highest under it where the system keeps that. */
  residentMiB: Record<string, { idle: number; peak?: number | undefined }>;
  /** Of the mock, at the start and after each 100,000 requests. */
  memoryMiB?: number[];
  targets: Target[];
}

/** The results as tables, ready to be pasted into Markdown. */
export function tablesOf({ throughput, readyMs, residentMiB, memoryMiB, targets }: Results): string {
  const resident = (server: string) => {
    const { idle = Number.NaN, peak } = residentMiB[server] ?? {};
    return [rounded(idle), peak === undefined ? "-" : rounded(peak)];
  };
  return [
    table(
      ["server", "method", "requests/s", "p50 ms", "p99 ms"],
      throughput.map(({ server, method, perSecond, p50Ms, p99Ms }) => [
        server,
        method,
        Math.round(perSecond).toLocaleString("en"),
        p50Ms.toFixed(2),
        p99Ms.toFixed(2),
      ]),
    ),
    table(
      ["server", "start-up ms", "idle MiB", "peak MiB"],
      Object.keys(residentMiB).map((server) => [server, rounded(readyMs[server]), ...resident(server)]),
    ),
    ...(memoryMiB
      ? [
          table(
            ["thousand requests", ...memoryMiB.map((_, index) => String(index * 100))],
            [["MiB", ...memoryMiB.map(rounded)]],
          ),
        ]
      : []),
    table(
      ["target", "aim", "measured", ""],
      targets.map(({ what, aim, measured, unit, isMet }) => [
        what,
        aim,
        `${measured.toFixed(unit === "x" ? 2 : 0)} ${unit}`,
        isMet ? "met" : "missed",
      ]),
    ),
  ].join("\n\n");
}

const rounded = (value: number | undefined) => (value === undefined ? "-" : value.toFixed(0));

function table(head: string[], rows: string[][]): string {
  const widths = head.map((cell, column) =>
    Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
