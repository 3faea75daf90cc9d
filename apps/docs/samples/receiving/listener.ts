import { createServer } from "node:http";
import { createCallbackListener, createMemorySeenStore, toNodeHandler } from "@thingspace-callbacks/listener";

const listener = createCallbackListener({
  api: "v1",
  // The username and password that you registered; ThingSpace includes them in each message.
  verify: { username: "listener", password: process.env["CALLBACK_PASSWORD"] ?? "" },
  seen: { store: createMemorySeenStore() },
  on: {
    upgradeScheduled: async ({ upgradeScheduled }) => console.log("scheduled", upgradeScheduled?.upgradeId),
    upgradeProgress: async ({ upgradeProgress }) => console.log("progress", upgradeProgress),
    upgradeFinished: async ({ upgradeFinished }) => console.log("finished", upgradeFinished),
    other: async ({ type }) => console.log("something else", type),
  },
});

createServer(toNodeHandler(listener)).listen(8080);
