import { hash } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { createDatabaseFile, openPool } from "./databases.ts";

/** Parses the JSON and inserts it into a table with a key, one statement for each message, as a hand-written receiver does. */
export async function createPostgresInsert(connectionString: string): Promise<RequestListener> {
  const pool = openPool(connectionString);
  await pool.query(
    "DROP TABLE IF EXISTS bare; CREATE TABLE bare (id bigserial PRIMARY KEY, key text UNIQUE, body text NOT NULL)",
  );
  return receive(async (body, count, response) => {
    await pool.query({
      name: "insert",
      text: "INSERT INTO bare (key, body) VALUES ($1, $2)",
      values: [`key ${count}`, body],
    });
    response.writeHead(204).end();
  });
}

/**
 * Parses the JSON and inserts it into SQLite under its hash, all messages of a turn in one transaction: the least that has to be
 * done to know a repeat and to lose nothing.
 */
export function createSqliteInsert(): RequestListener {
  const database = new DatabaseSync(createDatabaseFile());
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;
    CREATE TABLE bare (id INTEGER PRIMARY KEY, key TEXT UNIQUE, body TEXT NOT NULL)`);
  const begin = database.prepare("BEGIN IMMEDIATE");
  const insert = database.prepare("INSERT INTO bare (key, body) VALUES (?, ?)");
  const commit = database.prepare("COMMIT");
  let waiting: { body: string; response: ServerResponse }[] = [];
  return receive((body, _count, response) => {
    waiting.push({ body, response });
    if (waiting.length === 1) setImmediate(insertAll);
  });

  function insertAll() {
    const messages = waiting;
    waiting = [];
    begin.run();
    for (const { body } of messages) insert.run(hash("sha256", body, "hex"), body);
    commit.run();
    for (const { response } of messages) response.writeHead(204).end();
  }
}

/** @param store is given each message, made different from those before, and their number. */
function receive(store: (body: string, count: number, response: ServerResponse) => unknown) {
  let count = 0;
  return (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const message = JSON.parse(Buffer.concat(chunks).toString());
      count += 1;
      store(JSON.stringify({ ...message, count }), count, response);
    });
  };
}
