// One of the two servers that are compared: `server.ts listener` or `server.ts bare`. Prints its port.
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createCallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";
import { credentials } from "./messages.ts";

/** What everybody writes: parses the JSON and acknowledges it. */
const bare: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(Buffer.concat(chunks).toString());
    response.writeHead(204).end();
  });
};

const listener = createCallbackListener({ api: "v1", verify: credentials, on: { other: async () => {} } });

const handle: RequestListener = process.argv[2] === "bare" ? bare : toNodeHandler(listener);

const server = createServer((request, response) => {
  // What the work cost, which other programs on the machine do not change as they do messages per second.
  if (request.url === "/cpu") response.end(JSON.stringify(process.cpuUsage()));
  else handle(request, response);
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
