// `pnpm --filter @thingspace-callbacks/mock proof:postgres [ROUNDS] [DELIVERIES] [SECONDS]`: kills the active instance with -9
// amid deliveries, in each round; restarts the database once; takes the database away for some seconds. Fails when a message
// is lost or out of order.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline/promises";
import { json } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startPostgres } from "@thingspace-callbacks/test-support/postgres";

const [rounds = 20, deliveries = 10_000, awaySeconds = 30] = process.argv.slice(2).map(Number);
const accounts = Array.from({ length: 100 }, (_, index) => `account-${index}`);
const headers = { Authorization: "Bearer any", "VZ-M2M-Token": "any", "Content-Type": "application/json" };
const main = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/** The numbers of the messages of each account, in the order in which they arrived. */
const arrived = new Map<string, number[]>();
let received = 0;
const listener = createServer(async (request, response) => {
  const { account, number } = (await json(request)) as { account: string; number: number };
  arrived.set(account, [...(arrived.get(account) ?? []), number]);
  received += 1;
  response.writeHead(204).end();
}).listen(0, "127.0.0.1");
await once(listener, "listening");
const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;

const postgres = await startPostgres(["fsync=on"]);
let [active, standby] = [await start(), await start()];
for (const account of accounts) await insist("POST", `/api/fota/v2/callbacks/${account}`, { url });

const perAccount = Math.ceil(deliveries / accounts.length);
for (let number = 1; number <= rounds; number += 1) {
  const isRestarted = number === Math.ceil(rounds / 2);
  await deliverAmid(`round ${number}`, async () => {
    active.child.kill("SIGKILL");
    await once(active.child, "exit");
    [active, standby] = [standby, await start()];
    if (isRestarted) await restart(2_000);
  });
}
if (awaySeconds > 0) {
  await deliverAmid(`database away for ${awaySeconds} s`, () => restart(awaySeconds * 1_000, demandAway));
}
for (const { child } of [active, standby]) {
  if (child.exitCode !== null) throw new Error("An instance has ended by itself");
  child.kill();
}
listener.close().closeAllConnections();
await postgres.close();

/** Sends all messages while something is disturbed, and waits until every message was delivered. */
async function deliverAmid(name: string, disturb: () => Promise<void>): Promise<void> {
  const before = received;
  arrived.clear();
  const begin = Date.now();
  const sending = Promise.all(accounts.map((account) => send(account)));
  await until(() => received > before + deliveries / 10);
  await disturb();
  await sending;
  await until(() => accounts.every((account) => new Set(arrived.get(account)).size === perAccount));
  const repeated = received - before - perAccount * accounts.length;
  const wrong = accounts.filter((account) => !isInOrder(arrived.get(account) ?? [])).length;
  console.log(
    `${name}: all delivered in ${Date.now() - begin} ms, ${repeated} twice, ${wrong} accounts out of order`,
  );
  if (wrong > 0) process.exitCode = 1;
}

/** Stops the database as a crash does, and starts it again after some time. */
async function restart(awayMs: number, lookMeanwhile?: (awayMs: number) => Promise<void>): Promise<void> {
  await postgres.stop("SIGQUIT");
  await (lookMeanwhile ?? wait)(awayMs);
  await postgres.start();
}

/** Demands that both instances say that they are not ready, and answer with 503, as long as the database is away. */
async function demandAway(awayMs: number): Promise<void> {
  const end = Date.now() + awayMs;
  const noticed = Date.now() + 5_000;
  let looks = 0;
  for (; Date.now() < end; await wait(100)) {
    for (const { origin } of [active, standby]) {
      const ready = await fetch(`${origin}/readyz`);
      await ready.arrayBuffer();
      if (ready.status === 200 && Date.now() < noticed) continue;
      const response = await fetch(`${origin}/api/fota/v2/callbacks/any`, { headers });
      const body = (await response.json()) as { errorCode?: string };
      const isExpected =
        ready.status === 503 &&
        response.status === 503 &&
        response.headers.get("retry-after") === "1" &&
        body.errorCode === "SERVICE_UNAVAILABLE";
      if (!isExpected) throw new Error(`While the database is away: ${ready.status}, ${response.status}`);
      looks += 1;
    }
  }
  console.log(`while it was away: ${looks} looks, each 503 with Retry-After and the error body`);
}

/** Sends the messages of an account, one after the other, through either instance. */
async function send(account: string): Promise<void> {
  for (let number = 0; number < perAccount; number += 1) {
    await insist("POST", "/mock/events", { api: "v2", account, message: { account, number } });
  }
}

/** Calls an instance until the request is acknowledged. */
async function insist(method: string, path: string, body: object): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const { origin } = attempt % 2 === 0 ? standby : active;
    const response = await fetch(origin + path, { method, headers, body: JSON.stringify(body) }).catch(
      () => undefined,
    );
    await response?.arrayBuffer();
    if (response?.ok) return;
    if (response && response.status !== 503) throw new Error(`${path}: ${response.status}`);
    await wait(50);
  }
}

/** Returns true if no message came before an older one, but for those that were sent again. */
function isInOrder(numbers: number[]): boolean {
  let highest = -1;
  for (const number of numbers) {
    if (number > highest + 1) return false;
    highest = Math.max(highest, number);
  }
  return true;
}

async function until(isDone: () => boolean): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!isDone()) {
    if (Date.now() > deadline) throw new Error(`Messages are missing after two minutes: ${received} arrived`);
    await wait(20);
  }
}

async function start(): Promise<{ origin: string; child: ChildProcess }> {
  const flags = ["--port", "0", "--json", "--quiet", "--store", postgres.url];
  const child = spawn(process.execPath, [main, ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    return { origin: JSON.parse(line).origin, child };
  }
  throw new Error("The mock did not start");
}
