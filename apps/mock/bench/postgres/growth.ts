// `pnpm --filter @thingspace-callbacks/mock bench:growth [BATCHES] [ACCOUNTS]`: deliveries on Postgres in batches of one message for
// each account. Prints, batch by batch, whether deliveries become slower as finished ones are kept. Fails on an order error.
import { setTimeout as pause } from "node:timers/promises";
import { formatTable, readResidentMemory, showProgress, stop } from "@thingspace-callbacks/bench";
import { startPostgres } from "@thingspace-callbacks/test-support/postgres";
import { start } from "../start.ts";
import { call } from "./deliveries.ts";
import { startListener } from "./listener.ts";
import { mockOn } from "./servers.ts";

const [batches = 10, accounts = 10_000] = process.argv.slice(2).map(Number);
const postgres = await startPostgres(["fsync=on"]);
const listener = await startListener();
const mock = await start(mockOn("mock", postgres.url));

/** Runs `run` for each account, some at the same time. */
async function forEachAccount(run: (account: string) => Promise<unknown>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < accounts) await run(`account-${next++}`);
  };
  await Promise.all(Array.from({ length: 50 }, work));
}

showProgress(`Registering ${accounts} accounts`);
await forEachAccount((account) =>
  call(mock, "POST", `/api/fota/v2/callbacks/${account}`, { url: `${listener.url}/${account}` }),
);
const rows: string[][] = [];
let orderErrors = 0;
const begin = performance.now();
for (let number = 0; number < batches; number += 1) {
  showProgress(`Batch ${number + 1} of ${batches}`);
  const { arrivals } = await listener.expect(accounts);
  const start = performance.now();
  await forEachAccount((account) =>
    call(mock, "POST", "/mock/events", { api: "v2", account, message: { number } }),
  );
  ({ orderErrors } = await arrivals);
  while ((await call(mock, "GET", "/mock/deliveries?status=pending&limit=1")).total > 0) await pause(20);
  const seconds = (performance.now() - start) / 1000;
  const { now, peak = now } = readResidentMemory(mock.child.pid ?? 0);
  const cells = [(number + 1) * accounts, accounts / seconds, now, peak];
  rows.push(cells.map((cell) => Math.round(cell).toLocaleString("en")));
}
const seconds = (performance.now() - begin) / 1000;
showProgress("");
await stop(mock.child);
await listener.stop();
await postgres.close();
console.log(formatTable(["finished deliveries", "accepted and delivered per s", "MiB", "peak MiB"], rows));
const total = (batches * accounts).toLocaleString("en");
console.log(
  `\n${total} deliveries over ${accounts} accounts: ${seconds.toFixed(0)} s, ${orderErrors} order errors`,
);
if (orderErrors > 0) process.exitCode = 1;
