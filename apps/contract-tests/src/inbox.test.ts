import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CallbackListener, createCallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";
import { createInbox, type InboxEvent } from "@thingspace-callbacks/listener/inbox";
import { createSqliteInboxStore } from "@thingspace-callbacks/listener/sqlite";
import { createMock, type Mock } from "@thingspace-callbacks/mock";
import { afterEach, beforeEach, expect, test } from "vitest";

const accounts = Array.from({ length: 10 }, (_, index) => `0242078689-0000${index}`);
const registration = { username: "me", password: "hunter2" };

let mock: Mock;
let origin: string;
const closing: (() => unknown)[] = [];
beforeEach(async () => {
  // As `--sender measured`, but for the pause before the repeat, which is more than a second.
  mock = await createMock({ sender: "measured", retryPausesMs: [1] });
  closing.push(mock.close);
  origin = await mock.listen({ host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A clock for handlers, whose hours pass as soon as nothing else is left to do. */
function createClock() {
  let now = 0;
  return {
    elapsedMs: () => now,
    wait: async (ms: number) => {
      const end = now + ms;
      await new Promise((resolve) => setImmediate(resolve));
      now = Math.max(now, end);
    },
  };
}

async function register(listener: CallbackListener): Promise<void> {
  const server = createServer(toNodeHandler(listener));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const registrations = accounts.map((account) => ({ api: "v1", account, url, ...registration }));
  await send("PUT", "/mock/registrations", { registrations });
}

async function send(method: string, path: string, body: object): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(origin + path, { method, headers, body: JSON.stringify(body) });
  expect(response.ok).toBe(true);
}

interface Delivery {
  attempts: { status: number }[];
}

/** Plays an upgrade of each account, and resolves with the number of deliveries by the statuses of their attempts. */
async function playUpgrades(devices: number): Promise<Record<string, number>> {
  for (const account of accounts) await send("POST", "/mock/upgrades", { api: "v1", account, devices });
  await mock.idle();
  const outcomes: Record<string, number> = {};
  const pages = accounts.map(async (account) => {
    const response = await fetch(`${origin}/mock/deliveries?limit=1000&account=${account}`);
    return ((await response.json()) as { deliveries: Delivery[] }).deliveries;
  });
  const deliveries = (await Promise.all(pages)).flat();
  for (const { attempts } of deliveries) {
    const statuses = attempts.map(({ status }) => status).join();
    outcomes[statuses] = (outcomes[statuses] ?? 0) + 1;
  }
  return outcomes;
}

test("With an inbox, a handler that takes 6 seconds handles the upgrades of 1,000 devices from the measured sender, each message once and in order", async () => {
  const devices = 1_000 / accounts.length;
  // Firmware available, scheduled, two status changes of each device, finished.
  const messages = accounts.length * (3 + 2 * devices);
  const folder = await mkdtemp(join(tmpdir(), "thingspace-inbox-"));
  closing.push(() => rm(folder, { recursive: true }));
  const store = createSqliteInboxStore({ file: join(folder, "inbox.sqlite"), durability: "process" });
  closing.push(store.close);
  const clock = createClock();
  const events: InboxEvent["event"][] = [];
  const types = new Map(accounts.map((account) => [account, [] as unknown[]]));
  const inbox = createInbox({
    api: "v1",
    store,
    handlers: {
      other: async (message) => {
        await clock.wait(6_000);
        if (message.type !== "firmwareList") types.get(message.accountName ?? "")?.push(message.type);
      },
    },
    onEvent: ({ event }) => events.push(event),
  });
  closing.push(() => inbox.stop());
  inbox.start();
  await register(createCallbackListener({ api: "v1", verify: registration, on: { other: inbox.accept } }));
  expect(await playUpgrades(devices)).toEqual({ 204: messages });
  await expect.poll(() => inbox.count()).toEqual({ waiting: 0, active: 0, handled: messages, dead: 0 });
  expect(events.filter((event) => event === "handled")).toHaveLength(messages);
  const inOrder = ["upgradeScheduled", ...Array(2 * devices).fill("upgradeProgress"), "upgradeFinished"];
  for (const ofUpgrade of types.values()) expect(ofUpgrade).toEqual(inOrder);
  // Those of one upgrade are handled one after the other: minutes for the handler, and no time for the sender.
  expect(clock.elapsedMs()).toBeGreaterThan(6_000 * 2 * devices);
});

test("Without an inbox, the measured sender gives up a message whose handler takes longer than the listener waits", async () => {
  const handled: unknown[] = [];
  const isNeverDone = new Promise(() => {});
  const listener = createCallbackListener({
    api: "v1",
    verify: registration,
    on: { other: () => isNeverDone.then(() => handled.push(1)) },
    handlerTimeoutMs: 5,
    onError: () => {},
  });
  await register(listener);
  expect(await playUpgrades(1)).toEqual({ "503,503": 5 * accounts.length });
  expect(handled).toEqual([]);
});
