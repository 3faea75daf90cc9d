// `pnpm bench:mock`: the mock beside stock Prism, a bare node:http server and, on request, another version of itself.
import { writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import {
  compareWithPeers,
  createBenchCommand,
  describeMachine,
  readResidentMemory,
  showProgress,
  startLoadGenerator,
  stop,
} from "@thingspace-callbacks/bench";
import { answersOf } from "./answers.ts";
import { contestantOf } from "./contestants.ts";
import { sampleMemoryOverMillion } from "./million.ts";
import { formatResults, type Results } from "./report.ts";
import type { Method } from "./requests.ts";
import { bare, mock, mockOf, prisms, strictMock } from "./servers.ts";
import { type Started, start } from "./start.ts";
import { startUpOf } from "./start-up.ts";

const { rounds, seconds, against, memory } = createBenchCommand(
  "bench:mock",
  "Measures the mock beside stock Prism and a bare node:http server, and writes bench/results.json.",
  { rounds: 40 },
)
  .option("--seconds <number>", "length of one round of load on one server, such as 0.25", Number, 0.25)
  .option("--memory", "send a million requests as well and sample the mock's memory", false)
  .parse()
  .opts<{ rounds: number; seconds: number; against?: string; memory: boolean }>();

const generator = startLoadGenerator();
const sample = await start(mock);
const peers = [
  bare(await answersOf(sample)),
  ...(against ? [mockOf(against)] : []),
  strictMock(),
  ...(await prisms()),
];
await stop(sample.child);

const startUp = await compareWithPeers(startUpOf(mock), peers.map(startUpOf), {
  rounds: 5,
  report: (progress) => showProgress(`Start-up. ${progress}`),
});

const subject = await start(mock);
const started: Started[] = [];
for (const peer of peers) started.push(await start(peer));
// A server ends its start-up work in this time.
await pause(2000);
const servers = [subject, ...started];
const readMemory = () => servers.map(({ child }) => readResidentMemory(child.pid ?? 0));
const idle = readMemory();
const compare = (method: Method) =>
  compareWithPeers(
    contestantOf(subject, method, { generator, seconds }),
    started.map((peer) => contestantOf(peer, method, { generator, seconds })),
    { rounds, report: (progress) => showProgress(`${method}. ${progress}`) },
  );
// POST first, so that there is something to list.
const POST = await compare("POST");
const GET = await compare("GET");
const loaded = readMemory();
await Promise.all(servers.map(({ child }) => stop(child)));

const results: Results = {
  machine: describeMachine(),
  rounds,
  seconds,
  load: { GET, POST },
  startUp,
  resident: Object.fromEntries(
    servers.map(({ server }, index) => [
      server.name,
      { idle: idle[index]?.now ?? Number.NaN, peak: loaded[index]?.peak },
    ]),
  ),
  ...(memory && { memory: await sampleMemoryOverMillion(mock, generator, showProgress) }),
};
await generator.stop();
showProgress("");
await writeFile(new URL("results.json", import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`);
console.log(formatResults(results));
console.log(`\n${JSON.stringify(results.machine)}`);
