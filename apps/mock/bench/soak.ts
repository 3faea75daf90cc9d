// `pnpm soak:mock`: many users at once for a while, every response checked. Ends with 1 if one was not what was expected.
import { setInterval, setTimeout } from "node:timers/promises";
import {
  formatTable,
  parsePositive,
  readResidentMemory,
  showProgress,
  stop,
} from "@thingspace-callbacks/bench";
import { startBalancer } from "@thingspace-callbacks/test-support";
import { startPostgres } from "@thingspace-callbacks/test-support/postgres";
import { Command } from "commander";
import { strictMock } from "./servers.ts";
import { type Started, start } from "./start.ts";
import { createTally } from "./tally.ts";
import { createUsers } from "./users.ts";
import { visit } from "./visit.ts";

const {
  seconds,
  users: userCount,
  instances,
  rate,
} = new Command("soak:mock")
  .description("Lets users register, list, update and remove callbacks at once, and checks every response.")
  .option("--seconds <number>", "how long", parsePositive, 60)
  .option("--users <number>", "how many at once", parsePositive, 20)
  .option("--instances <number>", "several instances on Postgres, behind a balancer", parsePositive, 1)
  .option(
    "--rate <number>",
    "visits per second, all users together; as many as possible without it",
    parsePositive,
  )
  .helpOption("--help", "show this help")
  .allowExcessArguments(false)
  .parse()
  .opts<{ seconds: number; users: number; instances: number; rate?: number }>();

const users = await createUsers(userCount);
const postgres = instances > 1 ? await startPostgres() : undefined;
const server = strictMock(users.config);
const store = postgres ? ["--store", postgres.url] : [];
const started: Started[] = [];
for (let index = 0; index < instances; index += 1) {
  started.push(await start({ ...server, argv: (port) => [...server.argv(port), ...store] }));
}
const balancer = await startBalancer(started.map(({ origin }) => origin));
const origin = instances > 1 ? balancer.origin : (started[0]?.origin ?? "");
// Read once, at its start.
await users.remove();

const tally = createTally();
const begin = performance.now();
const end = begin + seconds * 1000;
let visits = 0;
let begun = 0;

/** Resolves when the next visit is due. */
async function waitForTurn(): Promise<void> {
  const dueAt = rate === undefined ? 0 : begin + (begun * 1000) / rate;
  begun += 1;
  if (dueAt > performance.now()) await setTimeout(dueAt - performance.now());
}

const rows: string[][] = [];
function addRow(): void {
  const { answers, unexpected } = tally.summary();
  const memory = started.map(({ child }) => `${readResidentMemory(child.pid ?? 0).now.toFixed(0)} MiB`);
  const minutes = ((performance.now() - begin) / 60_000).toFixed(1);
  rows.push([minutes, String(answers), String(count(unexpected)), ...memory]);
}
/** Adds a row after each quarter of the time but the last one. */
async function addRows(): Promise<void> {
  for await (const _ of setInterval(seconds * 250)) {
    addRow();
    if (rows.length === 4) return;
  }
}

addRow();
const adding = addRows();
await Promise.all(
  users.all.map(async (user) => {
    for (let turn = 0; ; turn += 1) {
      await waitForTurn();
      if (performance.now() >= end) return;
      await visit(origin, user, turn, tally);
      visits += 1;
      if (visits % 100 === 0) showProgress(`${visits} visits`);
    }
  }),
);
await adding;
addRow();
const memory = started.map(({ child }) => {
  const { now, peak = now } = readResidentMemory(child.pid ?? 0);
  return `${now.toFixed(0)} MiB, peak ${peak.toFixed(0)} MiB`;
});
await Promise.all(started.map(({ child }) => stop(child)));
await balancer.close();
await postgres?.close();
showProgress("");

const { answers, unexpected, p50Ms, p99Ms } = tally.summary();
const wrong = count(unexpected);
console.log(
  formatTable(
    ["minute", "responses", "unexpected", ...started.map((_, index) => `instance ${index + 1}`)],
    rows,
  ),
);
console.log(
  `\n${userCount} users, ${seconds} s: ${visits} visits, ${answers} responses, ${wrong} unexpected; ` +
    `p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms; memory ${memory.join("; ")}`,
);
for (const [what, times] of [...unexpected].slice(0, 20)) console.log(`${times} x ${what}`);
process.exit(wrong > 0 ? 1 : 0);

function count(unexpected: Map<string, number>): number {
  return [...unexpected.values()].reduce((sum, times) => sum + times, 0);
}
