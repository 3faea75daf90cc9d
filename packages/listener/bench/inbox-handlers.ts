import { mkdtempSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";
import { createInbox } from "@thingspace-callbacks/listener/inbox";
import { createPostgresInboxStore } from "@thingspace-callbacks/listener/postgres";
import { createSqliteInboxStore } from "@thingspace-callbacks/listener/sqlite";
import pg from "pg";
import { credentials } from "./messages.ts";

const connections = 10;
let handledMs: number[] = [];
/** Counted here: to ask the store for it would disturb the measurement. */
let pending = 0;

/** The messages that an inbox has handled since the last call, and those that are left. */
export interface Progress {
  /** How long after its arrival each message was handled. */
  handledMs: number[];
  pending: number;
}

export function readProgress(): Progress {
  const progress = { handledMs, pending };
  handledMs = [];
  return progress;
}

/** Creates a listener with an inbox, which handles what it stores. */
export function createInboxHandler(kind: string, postgresUrl: string): RequestListener {
  const created = createInbox({
    api: "v1",
    store: kind.includes("Postgres") ? openPostgres(postgresUrl) : openSqlite(kind),
    handlers: { other: async () => {} },
    concurrency: 50,
    onEvent: ({ event, ageMs }) => {
      if (event === "stored") pending += 1;
      if (event !== "handled") return;
      pending -= 1;
      handledMs.push(ageMs);
    },
  });
  created.start();
  let count = 0;
  // The load is one message over and over, which would be a repeat: each becomes a message of its own here.
  const accept = (message: object) => {
    count += 1;
    return created.accept({ ...message, count, upgradeScheduled: { upgradeId: `upgrade ${count % 1_000}` } });
  };
  return toNodeHandler(createCallbackListener({ api: "v1", verify: credentials, on: { other: accept } }));
}

function openSqlite(kind: string) {
  const folder = mkdtempSync(join(tmpdir(), "thingspace-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const durability = kind.includes("process") ? "process" : "full";
  return createSqliteInboxStore({ file: join(folder, "inbox.sqlite"), durability });
}

function openPostgres(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: connections });
  pool.on("error", () => {});
  return createPostgresInboxStore({ pool });
}

/** Parses the JSON and inserts it into a table with a key, one statement for each message, as a hand-written receiver does. */
export async function createBareInsert(connectionString: string): Promise<RequestListener> {
  const pool = new pg.Pool({ connectionString, max: connections });
  pool.on("error", () => {});
  await pool.query(
    "CREATE TABLE IF NOT EXISTS bare (id bigserial PRIMARY KEY, key text UNIQUE, body text NOT NULL)",
  );
  let count = 0;
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", async () => {
      const message = JSON.parse(Buffer.concat(chunks).toString());
      count += 1;
      const values = [`key ${count}`, JSON.stringify({ ...message, count })];
      await pool.query({ name: "insert", text: "INSERT INTO bare (key, body) VALUES ($1, $2)", values });
      response.writeHead(204).end();
    });
  };
}
