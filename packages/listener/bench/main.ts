// `pnpm bench:listener`: the listener behind node:http beside a bare node:http server, in one run on one machine.
import { writeFile } from "node:fs/promises";
import {
  compareWithPeers,
  createBenchCommand,
  describeMachine,
  formatRatio,
  formatTable,
  showProgress,
  startLoadGenerator,
} from "@thingspace-callbacks/bench";
import { contestantOf } from "./contestants.ts";
import { createBodies } from "./messages.ts";
import { startServer } from "./start.ts";

const { rounds, seconds, against } = createBenchCommand(
  "bench:listener",
  "Measures toNodeHandler beside a bare node:http server that only parses the JSON, and writes bench/results.json.",
  { rounds: 40 },
)
  .option("--seconds <number>", "length of one round of load on one server, such as 0.25", Number, 0.25)
  .parse()
  .opts<{ rounds: number; seconds: number; against?: string }>();

const generator = startLoadGenerator();
const subject = await startServer("listener");
const peers = [await startServer("bare"), ...(against ? [await startServer("listener", against)] : [])];

const results = [];
for (const [message, body] of Object.entries(await createBodies())) {
  const load = { generator, seconds, body };
  const pairings = await compareWithPeers(
    contestantOf(subject, load),
    peers.map((peer) => contestantOf(peer, load)),
    { rounds, report: (progress) => showProgress(`${message}. ${progress}`) },
  );
  results.push({ message, bytes: body.length, pairings });
}
showProgress("");

const machine = describeMachine();
await writeFile(
  new URL("results.json", import.meta.url),
  `${JSON.stringify({ machine, rounds, seconds, results }, undefined, 2)}\n`,
);
console.log(
  formatTable(
    ["message", "bytes", "beside", "listener/s", "peer/s", "ratio (middle half)", "processor, ratio"],
    results.flatMap(({ message, bytes, pairings }) =>
      pairings.map(({ peer, figures: { perSecond, cpuMicroseconds } }) => [
        message,
        String(bytes),
        peer,
        perSecond.subject.toFixed(0),
        perSecond.peer.toFixed(0),
        formatRatio(perSecond.ratio),
        formatRatio(cpuMicroseconds.ratio),
      ]),
    ),
  ),
);
console.log(`\nWanted beside bare: at least 0.75 of its messages per second.\n${JSON.stringify(machine)}`);
// The servers and the load generator end with this process.
process.exit(0);
