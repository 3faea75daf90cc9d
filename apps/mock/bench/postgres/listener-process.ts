// The program behind `startListener`: counts messages, and says when as many have arrived as were expected.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** The number of the last message of each account; the account is the path. */
const last = new Map<string, number>();
let arrived = 0;
let orderErrors = 0;
let expected = Number.POSITIVE_INFINITY;

const server = createServer(async (request, response) => {
  const { number } = JSON.parse(await text(request)) as { number?: number };
  response.writeHead(204).end();
  if (number !== undefined) {
    const account = request.url ?? "";
    // The same number again is a message that was sent again.
    const previous = last.get(account) ?? -1;
    if (number !== previous && number !== previous + 1) orderErrors += 1;
    last.set(account, number);
  }
  arrived += 1;
  if (arrived === expected) process.send?.({ arrived, orderErrors });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("message", (more: number) => {
  expected = arrived + more;
  process.send?.({ isExpecting: true });
});
process.once("disconnect", () => process.exit());
