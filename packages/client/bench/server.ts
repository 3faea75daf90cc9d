// The server of the bench: the least that Node.js can do, in a process of its own. Prints its origin.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const body = '[{"aname":"0242078689-00001","name":"Fota","url":"https://example.com/fota"}]';
const headers = { "Content-Type": "application/json", "Content-Length": body.length };

const server = createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(200, headers).end(body));
});
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once("disconnect", () => process.exit());
