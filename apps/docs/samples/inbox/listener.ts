// CALLBACK_PASSWORD=... node listener.ts
import { createServer } from "node:http";
import { createCallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";
import { createInbox } from "@thingspace-callbacks/listener/inbox";
import { createSqliteInboxStore } from "@thingspace-callbacks/listener/sqlite";

const store = createSqliteInboxStore({ file: "inbox.sqlite" });
const inbox = createInbox({
  api: "v1",
  store,
  handlers: {
    upgradeFinished: async ({ upgradeFinished }, { key }) => console.log("finished", key, upgradeFinished),
    other: async ({ type }) => console.log("other", type),
  },
});
const listener = createCallbackListener({
  api: "v1",
  verify: { username: "me", password: process.env["CALLBACK_PASSWORD"] ?? "" },
  on: { other: inbox.accept },
});

const server = createServer(toNodeHandler(listener));
server.listen(8080, () => inbox.start());

process.once("SIGTERM", async () => {
  await new Promise((resolve) => server.close(resolve));
  await inbox.stop();
  store.close();
});
