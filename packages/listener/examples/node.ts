// CALLBACK_PASSWORD=... node examples/node.ts
import { createServer } from "node:http";
import { toNodeHandler } from "@thingspace-callbacks/listener";
import { listener } from "./messages.ts";

const server = createServer(toNodeHandler(listener));
server.listen(Number(process.env["PORT"] ?? 8080), "127.0.0.1", () => {
  console.log("listening on", server.address());
});
