import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { createJournal } from "../journal/journal.ts";
import type { Delivery } from "./delivery.ts";
import { createOutbox } from "./outbox.ts";

test("What was allowed before is refused once targets are restricted, and closing ends its connections", async () => {
  // No connection ends by being idle.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const sockets: Socket[] = [];
  const server = createServer({ keepAliveTimeout: 0 }, (_request, response) => response.end());
  server.on("connection", (socket) => sockets.push(socket));
  onTestFinished(() => void server.close().closeAllConnections());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;

  const outbox = createOutbox({ allowTargets: [], timeoutMs: 10_000 });
  const send = outbox.sendInto(createJournal());
  const delivery: Delivery = {
    id: 1,
    api: "v1",
    account: "a",
    url: `http://127.0.0.1:${port}/`,
    type: "t",
    message: "{}",
    status: "pending",
    attempts: [],
    acceptedAt: 0,
    dueAt: 0,
  };
  expect(await send(delivery, "{}")).toMatchObject({ status: 200 });
  outbox.restrict(true);
  expect(await send(delivery, "{}")).not.toHaveProperty("status");
  expect(sockets).toHaveLength(1);

  // Also when the connection is reset, which `once` of node:events rejects for.
  const closed = Promise.all(
    sockets.map((socket) => new Promise((resolve) => socket.once("close", resolve))),
  );
  await outbox.close();
  await closed;
});
