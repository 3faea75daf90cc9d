// A server to compare: `server.ts <kind> [folder or address of Postgres]`. Prints its port.
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createPostgresInsert, createSqliteInsert } from "./bare-inserts.ts";
import { createInboxHandler, readProgress } from "./inbox-handlers.ts";
import { credentials } from "./messages.ts";

type ListenerModule = typeof import("@thingspace-callbacks/listener");

const [kind = "", place = ""] = process.argv.slice(2);

/** Parses the JSON and acknowledges it, as a hand-written receiver does. */
const bare: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(Buffer.concat(chunks).toString());
    response.writeHead(204).end();
  });
};

/** Creates the listener of this package, or of the built checkout in the folder. */
async function createListenerHandler(folder: string): Promise<RequestListener> {
  const { createCallbackListener, toNodeHandler }: ListenerModule = folder
    ? await import(pathToFileURL(join(folder, "packages/listener/dist/index.js")).href)
    : await import("@thingspace-callbacks/listener");
  const on = { other: async () => {} };
  return toNodeHandler(createCallbackListener({ api: "v1", verify: credentials, on }));
}

async function createHandler(): Promise<RequestListener> {
  if (kind === "bare") return bare;
  if (kind === "bare insert, Postgres") return createPostgresInsert(place);
  if (kind === "bare insert, SQLite") return createSqliteInsert();
  if (kind.startsWith("inbox")) return createInboxHandler(kind, place);
  return createListenerHandler(place);
}

const handle = await createHandler();

const server = createServer((request, response) => {
  // The processor time is steadier than messages per second on a machine with other work.
  if (request.url === "/progress") response.end(JSON.stringify(readProgress()));
  else if (request.url === "/cpu") response.end(JSON.stringify(process.cpuUsage()));
  else handle(request, response);
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
