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
import { startPostgres } from "@thingspace-callbacks/test-support/postgres";
import { contestantOf } from "./contestants.ts";
import { createBodies } from "./messages.ts";
import { measurePaced } from "./paced.ts";
import { type ServerKind, startServer } from "./start.ts";

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
const bodies = await createBodies();
for (const [message, body] of Object.entries(bodies)) {
  const load = { generator, seconds, body };
  const pairings = await compareWithPeers(
    contestantOf(subject, load),
    peers.map((peer) => contestantOf(peer, load)),
    { rounds, report: (progress) => showProgress(`${message}. ${progress}`) },
  );
  results.push({ message, bytes: body.length, pairings });
}
const postgres = await startPostgres(["fsync=on"]);
const [body = ""] = Object.values(bodies);
const inboxes: { kind: ServerKind; beside: ServerKind }[] = [
  { kind: "inbox, SQLite", beside: "bare" },
  { kind: "inbox, SQLite, durability process", beside: "bare" },
  { kind: "inbox, Postgres", beside: "bare insert" },
];
const stored = [];
for (const { kind, beside } of inboxes) {
  const subject = await startServer(kind, postgres.url);
  const peer = await startServer(beside, postgres.url);
  const load = { generator, seconds, body };
  const [pairing] = await compareWithPeers(contestantOf(subject, load), [contestantOf(peer, load)], {
    rounds,
    report: showProgress,
  });
  const paced = await measurePaced(subject, generator, body);
  if (pairing) stored.push({ paced, pairing });
  await subject.stop();
  await peer.stop();
}
await postgres.close();
showProgress("");

const machine = describeMachine();
await writeFile(
  new URL("results.json", import.meta.url),
  `${JSON.stringify({ machine, rounds, seconds, results, stored }, undefined, 2)}\n`,
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
console.log(
  `\n${formatTable(
    [
      "inbox",
      "beside",
      "accepted/s",
      "peer/s",
      "ratio (middle half)",
      "p99 until 204, ms",
      "p99 until handled, ms",
    ],
    stored.map(({ paced, pairing: { subject, peer, figures } }) => [
      subject,
      peer,
      figures.perSecond.subject.toFixed(0),
      figures.perSecond.peer.toFixed(0),
      formatRatio(figures.perSecond.ratio),
      `${paced.acknowledgedP99Ms.toFixed(1)} at ${paced.perSecond.toFixed(0)}/s`,
      paced.handledP99Ms.toFixed(0),
    ]),
  )}`,
);
console.log(`\nWanted beside bare: at least 0.75 of its messages per second.\n${JSON.stringify(machine)}`);
// The servers and the load generator end with this process.
process.exit(0);
