import type { RequestListener } from "node:http";
import { createCallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";
import { createInbox } from "@thingspace-callbacks/listener/inbox";
import { createPostgresInboxStore } from "@thingspace-callbacks/listener/postgres";
import { createSqliteInboxStore } from "@thingspace-callbacks/listener/sqlite";
import { createDatabaseFile, openPool } from "./databases.ts";
import { credentials } from "./messages.ts";

/** What an inbox has done since the last call. */
export interface Progress {
  /** How long after its arrival each message was handled. */
  handledMs: number[];
  /** Messages that are left. */
  pending: number;
  /** From the first message that was stored to the last one that was handled. */
  spanMs: number;
}

const createProgress = (pending: number): Progress => ({ handledMs: [], pending, spanMs: 0 });

// Counted here: to ask the store for it would disturb the measurement.
let progress = createProgress(0);
let storedAt: number | undefined;

export function readProgress(): Progress {
  const done = progress;
  progress = createProgress(done.pending);
  if (done.pending === 0) storedAt = undefined;
  return done;
}

/** Creates a listener with an inbox, which handles what it stores, unless it only receives. */
export function createInboxHandler(kind: string, postgresUrl: string): RequestListener {
  const receivesOnly = kind.includes("receives only");
  const created = createInbox({
    api: "v1",
    store: kind.includes("Postgres") ? openPostgres(postgresUrl) : openSqlite(kind),
    handlers: { other: async () => {} },
    concurrency: 50,
    onEvent: ({ event, ageMs }) => {
      if (receivesOnly) return;
      if (event === "stored") {
        progress.pending += 1;
        storedAt ??= performance.now();
      } else if (event === "handled") {
        progress.pending -= 1;
        progress.handledMs.push(ageMs);
        progress.spanMs = performance.now() - (storedAt ?? 0);
      }
    },
  });
  if (!receivesOnly) created.start();
  let count = 0;
  // The load is one message over and over, which would be a repeat: each becomes a message of its own here.
  const accept = (message: object) => {
    count += 1;
    return created.accept({ ...message, count, upgradeScheduled: { upgradeId: `upgrade ${count % 1_000}` } });
  };
  return toNodeHandler(createCallbackListener({ api: "v1", verify: credentials, on: { other: accept } }));
}

function openSqlite(kind: string) {
  const durability = kind.includes("process") ? "process" : "full";
  return createSqliteInboxStore({ file: createDatabaseFile(), durability });
}

function openPostgres(connectionString: string) {
  // A table of its own: the messages of a server before it would be repeats.
  return createPostgresInboxStore({ pool: openPool(connectionString), table: `inbox_${process.pid}` });
}
