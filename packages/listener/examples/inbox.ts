// CALLBACK_PASSWORD=... node examples/inbox.ts
import { createServer } from "node:http";
import { createCallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";
import { createInbox } from "@thingspace-callbacks/listener/inbox";
import { createSqliteInboxStore } from "@thingspace-callbacks/listener/sqlite";

const store = createSqliteInboxStore({ file: process.env["INBOX"] ?? "inbox.sqlite" });
const inbox = createInbox({
  api: "v1",
  store,
  handlers: {
    upgradeScheduled: async ({ upgradeScheduled }) => console.log("scheduled", upgradeScheduled?.upgradeId),
    other: async ({ type }) => console.log("other", type),
  },
});
const listener = createCallbackListener({
  api: "v1",
  verify: { username: "me", password: process.env["CALLBACK_PASSWORD"] ?? "" },
  on: { other: inbox.accept },
});

const server = createServer(toNodeHandler(listener));
server.listen(Number(process.env["PORT"] ?? 8080), "127.0.0.1", () => {
  console.log("listening on", server.address());
  inbox.start();
});

process.once("SIGTERM", async () => {
  // First no more requests, then no more work, then the file.
  await new Promise((resolve) => server.close(resolve));
  await inbox.stop();
  store.close();
});
