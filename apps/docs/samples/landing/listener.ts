import { createServer } from "node:http";
import { createCallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";

const listener = createCallbackListener({
  api: "v1",
  verify: { username: "listener", password: process.env["CALLBACK_PASSWORD"] ?? "" },
  on: {
    upgradeScheduled: async ({ upgradeScheduled }) => console.log("scheduled", upgradeScheduled?.upgradeId),
    other: async ({ type }) => console.log("received", type),
  },
});
createServer(toNodeHandler(listener)).listen(8080);
