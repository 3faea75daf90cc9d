// One receiver of the proof: `receiver.ts <instance> <port> <log> <sqlite file or postgres url>`. It writes what its handler
// does to the log, a line at a time, which survives kill -9.
import { openSync, writeSync } from "node:fs";
import { createServer } from "node:http";
import { createCallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";
import { createInbox } from "@thingspace-callbacks/listener/inbox";
import { createPostgresInboxStore } from "@thingspace-callbacks/listener/postgres";
import { createSqliteInboxStore } from "@thingspace-callbacks/listener/sqlite";
import pg from "pg";
import { credentials } from "./messages.ts";

const [instance, port, log = "", place = ""] = process.argv.slice(2);
const file = openSync(log, "a");
const write = (what: string, message: { [member: string]: unknown }) =>
  writeSync(file, `${what} ${message["upgrade"]} ${message["n"]} ${instance}\n`);

const inbox = createInbox({
  api: "v1",
  store: place.startsWith("postgres:") ? openPostgres() : createSqliteInboxStore({ file: place }),
  handlers: {
    other: async (message) => {
      write("begin", message);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      write("end", message);
    },
  },
  // On a busy machine a process may stand still for seconds; a message that another takes over meanwhile is a fault here.
  leaseMs: 6_000,
  pollMs: 100,
  onError: (error, { code }) => console.error(instance, code, error),
});
const listener = createCallbackListener({ api: "v1", verify: credentials, on: { other: inbox.accept } });
createServer(toNodeHandler(listener)).listen(Number(port), "127.0.0.1", () => {
  inbox.start();
  console.log("ready");
});

function openPostgres() {
  const pool = new pg.Pool({ connectionString: place });
  pool.on("error", () => {});
  return createPostgresInboxStore({ pool });
}
