// `pnpm bench:postgres`: the mock on Postgres beside a bare query per request, and its deliveries beside a bare loop of requests.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  compareWithPeers,
  createBenchCommand,
  describeMachine,
  formatRatio,
  formatTable,
  type Pairing,
  parsePositive,
  showProgress,
  startLoadGenerator,
  stop,
} from "@thingspace-callbacks/bench";
import { startPostgres } from "@thingspace-callbacks/test-support/postgres";
import { Option } from "commander";
import pg from "pg";
import { contestantOf, type Target } from "../contestants.ts";
import type { Method } from "../requests.ts";
import type { BenchServer } from "../servers.ts";
import { type Started, start } from "../start.ts";
import { startBareSender, startMockSender } from "./deliveries.ts";
import { startListener } from "./listener.ts";
import { barePostgres, mockOn } from "./servers.ts";

const { rounds, seconds, deliveryRounds, only } = createBenchCommand(
  "bench:postgres",
  "Measures the mock on Postgres beside a bare query per request, and deliveries beside a bare loop of requests.",
  { rounds: 20 },
)
  .option("--seconds <number>", "length of one round of load on one server, such as 0.25", Number, 0.5)
  .option("--delivery-rounds <number>", "rounds of deliveries", parsePositive, 10)
  .addOption(new Option("--only <part>", "measure one part only").choices(["requests", "deliveries"]))
  .parse()
  .opts<{ rounds: number; seconds: number; deliveryRounds: number; only?: "requests" | "deliveries" }>();

/** A queue is compiled by Node.js only after thousands of messages. */
const deliveryWarmUpRounds = 4;

const works = [
  { accounts: 1, perAccount: 1_000 },
  { accounts: 100, perAccount: 20 },
  { accounts: 10_000, perAccount: 1 },
];

// A commit waits for the disk, as in production.
const postgres = await startPostgres(["fsync=on"]);
const folder = mkdtempSync(join(tmpdir(), "bench-postgres-"));
let databases = 0;
const requestRows = only === "deliveries" ? [] : await measureRequests();
const deliveryRows = only === "requests" ? [] : await measureDeliveries();
showProgress("");
await postgres.close();
rmSync(folder, { recursive: true });
if (requestRows.length > 0) {
  const columns = ["mock", "request", "mock/s", "bare pg/s", "ratio (middle half)", "p99 ms, mock / bare"];
  console.log(`${formatTable(columns, requestRows)}\n`);
}
if (deliveryRows.length > 0) {
  const columns = ["store", "accounts", "mock/s", "bare/s", "ratio (middle half)"];
  console.log(`${formatTable(columns, deliveryRows)}\n`);
}
console.log(JSON.stringify(describeMachine()));

/** Creates an empty database. @returns its address */
async function createDatabase(): Promise<string> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  databases += 1;
  await client.query(`CREATE DATABASE bench_${databases}`);
  await client.end();
  return postgres.url.replace(/\/postgres$/, `/bench_${databases}`);
}

async function measureRequests(): Promise<string[][]> {
  const generator = startLoadGenerator();
  const bareDatabase = await createDatabase();
  const rows: string[][] = [];
  for (const count of [1, 2, 4]) {
    const instances = await startInstances(count);
    const bares = await startAll(count, () => barePostgres(bareDatabase));
    for (const { target, bare } of listTargets(instances, bares)) {
      // POST first, so that there is something to list.
      for (const method of ["POST", "GET"] as const satisfies Method[]) {
        const [pairing] = await compareWithPeers(
          contestantOf(target, method, { generator, seconds }),
          [contestantOf(bare, method, { generator, seconds })],
          { rounds, report: (progress) => showProgress(`${method}. ${progress}`) },
        );
        if (pairing) rows.push([target.server.name, method, ...formatRate(pairing), formatTail(pairing)]);
      }
    }
    await Promise.all([...instances, ...bares].map(({ child }) => stop(child)));
  }
  await generator.stop();
  return rows;
}

/** Starts instances on one database; the first one is active. */
async function startInstances(count: number): Promise<Servers> {
  const database = await createDatabase();
  return startAll(count, () => mockOn(count === 1 ? "1 instance" : `${count} instances`, database));
}

type Servers = [Started, ...Started[]];

async function startAll(count: number, create: () => BenchServer): Promise<Servers> {
  const servers: Servers = [await start(create())];
  while (servers.length < count) servers.push(await start(create()));
  return servers;
}

/**
 * Returns what is measured of some instances, each with its peer: the active one, and one that forwards, beside one bare
 * server; all of them beside as many bare servers, because processes that take turns on a core cost both of them time.
 */
function listTargets(instances: Servers, bares: Servers): { target: Target; bare: Target }[] {
  const [active, forwarding] = instances;
  const [bare] = bares;
  if (!forwarding) return [{ target: active, bare }];
  const named = (target: Target, what: string): Target => ({
    ...target,
    server: { ...target.server, name: `${target.server.name}, ${what}` },
  });
  const all = (servers: Servers): Target => ({ ...servers[0], origin: servers.map(({ origin }) => origin) });
  return [
    { target: named(active, "the active one"), bare },
    { target: named(forwarding, "one that forwards"), bare },
    { target: named(all(instances), "all of them"), bare: all(bares) },
  ];
}

async function measureDeliveries(): Promise<string[][]> {
  const listener = await startListener();
  const rows: string[][] = [];
  for (const work of works) {
    const stores = [
      mockOn("memory"),
      mockOn("SQLite", join(folder, `${work.accounts}.sqlite`)),
      mockOn("Postgres", await createDatabase()),
    ];
    for (const server of stores) {
      const sender = await startMockSender(server, listener, work);
      // A new one each time: Node.js has compiled as much of it as of the mock.
      const bare = await startBareSender(listener, work);
      const [pairing] = await compareWithPeers(sender.contestant, [bare.contestant], {
        rounds: deliveryRounds,
        warmUpRounds: deliveryWarmUpRounds,
        report: (progress) => showProgress(`${work.accounts} accounts. ${progress}`),
      });
      if (pairing) rows.push([server.name, work.accounts.toLocaleString("en"), ...formatRate(pairing)]);
      await sender.stop();
      await bare.stop();
    }
  }
  await listener.stop();
  return rows;
}

function formatRate({ figures: { perSecond } }: Pairing<"perSecond">): string[] {
  const round = (value: number) => Math.round(value).toLocaleString("en");
  return [round(perSecond.subject), round(perSecond.peer), formatRatio(perSecond.ratio)];
}

function formatTail({ figures: { p99Ms } }: Pairing<"p99Ms">): string {
  return `${p99Ms.subject.toFixed(1)} / ${p99Ms.peer.toFixed(1)}`;
}
