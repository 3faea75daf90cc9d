// The yardstick: a node:http server that makes one bare query of Postgres per request, a select or an upsert.
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import pg from "pg";

const [port, connectionString] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 10 });
await pool.query(
  "CREATE TABLE IF NOT EXISTS bare (account text PRIMARY KEY, url text, username text, password text)",
);
const select = { name: "select", text: "SELECT url, username, password FROM bare WHERE account = $1" };
const upsert = {
  name: "upsert",
  text: `INSERT INTO bare VALUES ($1, $2, $3, $4) ON CONFLICT (account)
    DO UPDATE SET url = excluded.url, username = excluded.username, password = excluded.password`,
};

createServer(async (request, response) => {
  const account = request.url?.split("/").at(-1);
  const respond = (body: unknown) => {
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  };
  if (request.method === "GET") {
    const { rows } = await pool.query({ ...select, values: [account] });
    respond(rows.map((row) => ({ name: "Fota", ...row })));
    return;
  }
  const { url, username, password } = (await json(request)) as Record<string, string>;
  await pool.query({ ...upsert, values: [account, url, username, password] });
  respond({ account, name: "Fota" });
}).listen(Number(port), "127.0.0.1");
