// `pnpm --filter @thingspace-callbacks/listener run proof`: kills the processes of an inbox with SIGKILL, again and again, while
// messages come in. Ends with 1 when a message was lost, handled twice without need, or handled out of order.
import { parseArgs } from "node:util";
import { startPostgres } from "@thingspace-callbacks/test-support/postgres";
import { prove } from "./prove.ts";

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "10000" },
    kills: { type: "string", default: "20" },
    store: { type: "string", default: "sqlite,postgres" },
  },
});
const size = { messages: Number(values.messages), kills: Number(values.kills) };

for (const store of values.store.split(",")) {
  const postgres = store === "postgres" ? await startPostgres(["fsync=on"]) : undefined;
  const begin = performance.now();
  const { faults, ...counts } = await prove({ ...size, postgresUrl: postgres?.url });
  await postgres?.close();
  const seconds = Math.round((performance.now() - begin) / 1000);
  console.log(store, JSON.stringify({ ...size, ...counts, faults: faults.length, seconds }));
  for (const fault of faults.slice(0, 10)) console.log(`  ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
