// `pnpm bench:mock`: the mock beside stock Prism and a bare node:http server, in one run on one machine.
import { writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { answersOf } from "./answers.ts";
import { stop } from "./child.ts";
import { machine } from "./machine.ts";
import { memoryOverMillion } from "./million.ts";
import { parseBenchOptions } from "./options.ts";
import { showProgress } from "./progress.ts";
import { residentOf } from "./resident.ts";
import { type Results, tablesOf } from "./results.ts";
import { bare, mock, prisms, strictMock } from "./servers.ts";
import { type Started, start } from "./start.ts";
import { startUpOf } from "./start-up.ts";
import { targetsOf } from "./targets.ts";
import { throughputOf } from "./throughput.ts";

const { seconds, rounds, memory } = parseBenchOptions(process.argv.slice(2));

const sample = await start(mock);
const contestants = [mock, strictMock, ...(await prisms()), bare(await answersOf(sample))];
await stop(sample.child);

const readyMs = await startUpOf(contestants, showProgress);
const servers: Started[] = [];
for (const contestant of contestants) servers.push(await start(contestant));
// What a server still does after its first answer is over by then.
await pause(2000);
const resident = () => servers.map(({ child }) => residentOf(child.pid ?? 0));
const idle = resident();
const throughput = await throughputOf(servers, { seconds, rounds }, showProgress);
const loaded = resident();
await Promise.all(servers.map(({ child }) => stop(child)));

const measured = {
  machine,
  seconds,
  throughput,
  readyMs,
  residentMiB: Object.fromEntries(
    contestants.map(({ name }, index) => [name, { idle: idle[index]?.now ?? 0, peak: loaded[index]?.peak }]),
  ),
  ...(memory && { memoryMiB: await memoryOverMillion(mock, showProgress) }),
};
showProgress("");
const results: Results = { ...measured, targets: targetsOf(measured) };
await writeFile(new URL("results.json", import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`);
console.log(tablesOf(results));
console.log(
  `\n${Object.entries(machine)
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ")}`,
);
