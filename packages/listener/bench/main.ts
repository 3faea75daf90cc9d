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
  const load = { generator, seconds, connections: 10, body };
  const pairings = await compareWithPeers(
    contestantOf(subject, load),
    peers.map((peer) => contestantOf(peer, load)),
    { rounds, report: (progress) => showProgress(`${message}. ${progress}`) },
  );
  results.push({ message, bytes: body.length, pairings });
}
const postgres = await startPostgres(["fsync=on"]);
const [body = ""] = Object.values(bodies);
/** Nobody waits for the next commit alone: with more connections, more messages share one. */
const inboxes: { kind: ServerKind; beside: ServerKind[]; connections: number }[] = [
  { kind: "bare insert, SQLite", beside: ["bare"], connections: 10 },
  { kind: "bare insert, SQLite", beside: ["bare"], connections: 100 },
  { kind: "inbox, SQLite", beside: ["bare", "bare insert, SQLite"], connections: 10 },
  { kind: "inbox, SQLite", beside: ["bare", "bare insert, SQLite"], connections: 100 },
  { kind: "inbox, SQLite, receives only", beside: ["bare"], connections: 100 },
  { kind: "inbox, SQLite, durability process", beside: ["bare"], connections: 10 },
  { kind: "inbox, SQLite, durability process, receives only", beside: ["bare"], connections: 10 },
  { kind: "inbox, Postgres", beside: ["bare insert, Postgres"], connections: 10 },
  { kind: "inbox, Postgres", beside: ["bare insert, Postgres"], connections: 100 },
  { kind: "inbox, Postgres, receives only", beside: ["bare insert, Postgres"], connections: 10 },
  { kind: "inbox, Postgres, receives only", beside: ["bare insert, Postgres"], connections: 100 },
];
/** An inbox is compiled by Node.js only after thousands of messages. */
const warmUpSeconds = 4;
const stored = [];
for (const { kind, beside, connections } of inboxes) {
  const subject = await startServer(kind, postgres.url);
  const peers = [];
  for (const peer of beside) peers.push(await startServer(peer, postgres.url));
  const load = { generator, seconds, connections, body };
  const pairings = await compareWithPeers(
    contestantOf(subject, load),
    peers.map((peer) => contestantOf(peer, load)),
    { rounds, warmUpRounds: Math.ceil(warmUpSeconds / seconds), report: showProgress },
  );
  const paced = await measurePaced(subject, generator, body);
  stored.push({ connections, paced, pairings });
  for (const server of [subject, ...peers]) await server.stop();
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
      "connections",
      "beside",
      "peer/s",
      "accepted/s",
      "ratio (middle half)",
      "handled/s",
      "ratio (middle half)",
      "processor, ratio",
      "p99 until 204, ms",
      "p99 until handled, ms",
    ],
    stored.flatMap(({ connections, paced, pairings }) =>
      pairings.map(({ subject, peer, figures }) => [
        subject,
        String(connections),
        peer,
        figures.perSecond.peer.toFixed(0),
        figures.perSecond.subject.toFixed(0),
        formatRatio(figures.perSecond.ratio),
        figures.handledPerSecond.subject.toFixed(0),
        formatRatio(figures.handledPerSecond.ratio),
        formatRatio(figures.cpuMicroseconds.ratio),
        `${paced.acknowledgedP99Ms.toFixed(1)} at ${paced.perSecond.toFixed(0)}/s`,
        Number.isNaN(paced.handledP99Ms) ? "-" : paced.handledP99Ms.toFixed(0),
      ]),
    ),
  )}`,
);
console.log(`\nWanted beside bare: at least 0.75 of its messages per second.\n${JSON.stringify(machine)}`);
// The servers and the load generator end with this process.
process.exit(0);
