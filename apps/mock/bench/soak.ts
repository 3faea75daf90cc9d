// `pnpm soak:mock`: many users at once for a while, every response checked. Ends with 1 if one was not what was expected.
import { parsePositive, readResidentMemory, showProgress, stop } from "@thingspace-callbacks/bench";
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
  users: count,
  instances,
} = new Command("soak:mock")
  .description("Lets users register, list, update and remove callbacks at once, and checks every response.")
  .option("--seconds <number>", "how long", parsePositive, 60)
  .option("--users <number>", "how many at once", parsePositive, 20)
  .option("--instances <number>", "several instances on Postgres, behind a balancer", parsePositive, 1)
  .helpOption("--help", "show this help")
  .allowExcessArguments(false)
  .parse()
  .opts<{ seconds: number; users: number; instances: number }>();

const users = await createUsers(count);
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
const end = performance.now() + seconds * 1000;
let visits = 0;
await Promise.all(
  users.all.map(async (user) => {
    for (let turn = 0; performance.now() < end; turn += 1) {
      await visit(origin, user, turn, tally);
      visits += 1;
      if (visits % 100 === 0) showProgress(`${visits} visits`);
    }
  }),
);
const memory = started.map(({ child }) => {
  const { now, peak = now } = readResidentMemory(child.pid ?? 0);
  return `${now.toFixed(0)} MiB, peak ${peak.toFixed(0)} MiB`;
});
await Promise.all(started.map(({ child }) => stop(child)));
await balancer.close();
await postgres?.close();
showProgress("");

const { answers, unexpected, p50Ms, p99Ms } = tally.summary();
const wrong = [...unexpected.values()].reduce((sum, times) => sum + times, 0);
console.log(
  `${count} users, ${seconds} s: ${visits} visits, ${answers} responses, ${wrong} unexpected; ` +
    `p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms; memory ${memory.join("; ")}`,
);
for (const [what, times] of [...unexpected].slice(0, 20)) console.log(`${times} x ${what}`);
process.exit(wrong > 0 ? 1 : 0);
