import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Contestant, spawnNode, stop } from "@thingspace-callbacks/bench";
import { request } from "undici";
import type { BenchServer } from "../servers.ts";
import { type Started, start } from "../start.ts";
import type { Listener } from "./listener.ts";

/** Messages to deliver: so many for each account. */
export interface Work {
  accounts: number;
  perAccount: number;
}

const message = JSON.stringify({
  accountName: "0242078689-00001",
  deviceList: [{ deviceId: "990000000000001" }],
});

/** A sender of messages, and what ends it. */
interface Sender {
  contestant: Contestant<"perSecond">;
  stop(): Promise<void>;
}

/** Makes the deliveries of a mock a contestant: from accepting all messages at once until the last one has arrived. */
export async function startMockSender(server: BenchServer, listener: Listener, work: Work): Promise<Sender> {
  const started = await start(server);
  await putSnapshot(started, listener.url, work);
  return {
    contestant: {
      name: server.name,
      measure: () =>
        measure(listener, work, async () => {
          await call(started, "POST", "/mock/snapshots/bench/restore");
          return () => waitUntilIdle(started);
        }),
    },
    stop: () => stop(started.child),
  };
}

/** Makes a bare loop of requests a contestant. */
export async function startBareSender(listener: Listener, work: Work): Promise<Sender> {
  const program = fileURLToPath(new URL("bare-sender.ts", import.meta.url));
  const argv = [program, listener.url, String(work.accounts), String(work.perAccount), message];
  const child = spawnNode("server", argv, ["ignore", "inherit", "inherit", "ipc"]);
  await once(child, "message");
  return {
    contestant: {
      name: "bare undici loop",
      measure: () =>
        measure(listener, work, async () => {
          child.send("go");
          return async () => {};
        }),
    },
    stop: () => stop(child),
  };
}

async function measure(
  listener: Listener,
  { accounts, perAccount }: Work,
  begin: () => Promise<() => Promise<void>>,
): Promise<{ perSecond: number }> {
  const count = accounts * perAccount;
  const { arrivals } = await listener.expect(count);
  const start = performance.now();
  const [finish] = await Promise.all([begin(), arrivals]);
  const seconds = (performance.now() - start) / 1000;
  await finish();
  return { perSecond: count / seconds };
}

/** Saves a state in which every message is accepted and none is sent; restoring it takes one request. */
async function putSnapshot(started: Started, url: string, { accounts, perAccount }: Work): Promise<void> {
  const acceptedAt = Date.now();
  const deliveries = Array.from({ length: accounts * perAccount }, (_, index) => {
    const account = `account-${index % accounts}`;
    const target = `${url}/${account}`;
    const accepted = { api: "v2", account, url: target, type: "", message, acceptedAt, dueInMs: 0 };
    return { id: index + 1, ...accepted, status: "pending", attempts: [] };
  });
  await call(started, "PUT", "/mock/snapshots/bench", {
    version: 1,
    registrations: [],
    tokens: { accessTokens: [], sessions: [], failedLogins: [] },
    deliveries,
    faults: [],
    clock: {},
    requests: [],
  });
}

async function waitUntilIdle(started: Started): Promise<void> {
  while ((await call(started, "GET", "/mock/deliveries?status=pending&limit=1")).total > 0) await pause(20);
}

/** Calls a mock. @throws when the response is not 2xx */
export async function call(
  { origin, tokens }: Started,
  method: "GET" | "POST" | "PUT",
  path: string,
  body?: object,
) {
  const { statusCode, body: received } = await request(origin + path, {
    method,
    headers: { ...tokens, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
    headersTimeout: 120_000,
  });
  // biome-ignore lint/suspicious/noExplicitAny: each caller knows what it called
  const found = (await received.json()) as any;
  if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode} ${JSON.stringify(found)}`);
  return found;
}
