// `pnpm bench:client`: what the client costs, in time per call, in bytes and in type-checking, in one run.
import { writeFile } from "node:fs/promises";
import {
  createBenchCommand,
  describeMachine,
  formatRatio,
  formatTable,
  showProgress,
} from "@thingspace-callbacks/bench";
import { measureSizes } from "./sizes.ts";
import { measureSpeed } from "./speed.ts";
import { measureTypes } from "./types.ts";

const { rounds, against } = createBenchCommand(
  "bench:client",
  "Measures the client beside bare fetch, its bundles and its types, and writes bench/results.json.",
  { rounds: 80 },
)
  .parse()
  .opts<{ rounds: number; against?: string }>();

const machine = describeMachine();
const speeds = await measureSpeed(rounds, against, showProgress);
const sizes = await measureSizes();
const types = await measureTypes();
showProgress("");
const results = { machine, rounds, speeds, sizes, types };
await writeFile(new URL("results.json", import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`);

const micro = (value: number) => `${value.toFixed(0)} µs`;
const tables = [
  formatTable(
    ["call", "by", "time", "fetch", "ratio (middle half of the processes)", "processor, ratio"],
    speeds.flatMap(({ call, pairings }) =>
      pairings.map(({ subject, figures: { microseconds, cpuMicroseconds } }) => [
        call,
        subject,
        micro(microseconds.subject),
        micro(microseconds.peer),
        formatRatio(microseconds.ratio),
        formatRatio(cpuMicroseconds.ratio),
      ]),
    ),
  ),
  formatTable(
    ["bundle, minified and gzipped", "size"],
    Object.entries(sizes).map(([name, bytes]) => [name, `${(bytes / 1000).toFixed(2)} kB`]),
  ),
  formatTable(
    ["tsc", "total", "check"],
    [
      [
        `${types.operations} operations`,
        `${types.everyOperation.total} s`,
        `${types.everyOperation.check} s`,
      ],
      ["an empty file", `${types.nothing.total} s`, `${types.nothing.check} s`],
    ],
  ),
  JSON.stringify(machine),
];
console.log(tables.join("\n\n"));
