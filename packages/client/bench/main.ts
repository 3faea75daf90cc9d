// `pnpm bench:client`: what the client costs, in time per call, in bytes and in type-checking, in one run.
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { measureSizes } from "./sizes.ts";
import { type Cost, measureSpeed } from "./speed.ts";
import { table } from "./table.ts";
import { measureTypes } from "./types.ts";

const usage = `Measures the client and writes bench/results.json.

  --rounds <number>  rounds, of which the median counts (1000)
  --calls <number>   calls of each kind in a round (40)
  --help             show this help`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "1000" },
    calls: { type: "string", default: "40" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit();
}
const [rounds, calls] = [values.rounds, values.calls].map(Number);
if (!rounds || !calls || !Number.isInteger(rounds + calls) || rounds < 1 || calls < 1) {
  console.error(`--rounds and --calls must be whole numbers from 1.\n\n${usage}`);
  process.exit(1);
}

const machine = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
};
const speeds = await measureSpeed(rounds, calls);
const sizes = await measureSizes();
const types = await measureTypes();
const results = { machine, rounds, calls, speeds, sizes, types };
await writeFile(new URL("results.json", import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`);

const kB = (bytes: number) => `${(bytes / 1000).toFixed(2)} kB`;
const cell = ({ microseconds, ratio }: Cost) => `${microseconds.toFixed(0)} µs, ${ratio.toFixed(2)} x`;
const by = (name: string) =>
  speeds.filter((speed) => speed.by === name).flatMap(({ time, cpu }) => [cell(time), cell(cpu)]);
console.log(
  [
    table(
      ["per call", "list", "its processor", "register", "its processor"],
      [...new Set(speeds.map((speed) => speed.by))].map((name) => [name, ...by(name)]),
    ),
    table(
      ["bundle, minified and gzipped", "size"],
      Object.entries(sizes).map(([name, bytes]) => [name, kB(bytes)]),
    ),
    table(
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
    Object.entries(machine)
      .map(([name, value]) => `${name}: ${value}`)
      .join(", "),
  ].join("\n\n"),
);
