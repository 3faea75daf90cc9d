import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createThingSpaceClient } from "@thingspace-callbacks/client";
import {
  type Api,
  type CallbackListener,
  createCallbackListener,
  createMemorySeenStore,
  toNodeHandler,
} from "@thingspace-callbacks/listener";
import { createMock, type Mock } from "@thingspace-callbacks/mock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { credentials } from "./harness.ts";

const account = "0242078689-00001";
const registration = { username: "me", password: "hunter2" };
const pathSecret = "a2c1b7c4-5d0e-4f39-9d2c-0f6f6d1f1d55";

let mock: Mock;
let origin: string;
const closing: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  mock = await createMock({ retryPausesMs: [1, 2, 3] });
  closing.push(mock.close);
  origin = await mock.listen({ host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The URL of a listener on a free port. */
async function serve(listener: CallbackListener): Promise<string> {
  const server = createServer(toNodeHandler(listener));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Registers a URL with the client, as the API wants it. */
async function register(api: Api, url: string): Promise<void> {
  const client = createThingSpaceClient({ environment: "mock", origin, credentials });
  const body = { name: "Fota", url, ...registration } as const;
  const result =
    api === "v1"
      ? await client.v1.registerCallback(account, body)
      : api === "v2"
        ? await client.v2.registerCallback(account, { url })
        : await client.legacy.registerCallbackUsingPost(account, body);
  expect(result.ok).toBe(true);
}

/** Plays an upgrade of three devices, of which one fails, and waits until all is delivered or given up. */
async function playUpgrade(api: Api) {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ api, account, devices: 3, failures: 1 });
  expect((await fetch(`${origin}/mock/upgrades`, { method: "POST", headers, body })).status).toBe(202);
  await mock.idle();
  const { deliveries } = (await (await fetch(`${origin}/mock/deliveries`)).json()) as {
    deliveries: { status: string; attempts: { status: number }[] }[];
  };
  // Listed with the newest first.
  return deliveries.reverse().map(({ attempts }) => attempts.map(({ status }) => status));
}

describe.each(["v1", "legacy"] as const)("an upgrade in %s", (api) => {
  const types = ["firmwareList", "upgradeScheduled", ...Array(6).fill("upgradeProgress"), "upgradeFinished"];

  test("The messages of an upgrade reach the handlers in order, and each is acknowledged", async () => {
    const reached: { type: string; status: unknown }[] = [];
    const listener = createCallbackListener({
      api,
      verify: registration,
      on: {
        firmwareList: ({ type, firmwareList }) => reached.push({ type, status: firmwareList?.length }),
        upgradeScheduled: ({ type, upgradeScheduled }) =>
          reached.push({ type, status: typeof upgradeScheduled?.startDate }),
        upgradeProgress: ({ type, upgradeProgress }) =>
          reached.push({ type, status: upgradeProgress?.["status"] }),
        upgradeFinished: ({ type, upgradeFinished }) =>
          reached.push({ type, status: upgradeFinished?.["status"] }),
        other: ({ type }) => reached.push({ type: "other", status: type }),
      },
    });
    await register(api, await serve(listener));
    expect(await playUpgrade(api)).toEqual(Array(9).fill([204]));
    expect(reached.map(({ type }) => type)).toEqual(types);
    expect(reached.map(({ status }) => status)).toEqual([
      1,
      "string",
      ...Array(6).fill("InProgress"),
      "Finished",
    ]);
  });

  test("A message whose handler fails twice is retried, and the third attempt succeeds", async () => {
    const failures: unknown[] = [];
    const reached: unknown[] = [];
    const listener = createCallbackListener({
      api,
      verify: registration,
      seen: { store: createMemorySeenStore() },
      on: {
        other: ({ type }) => {
          if (failures.length < 2) throw new Error("full disk");
          reached.push(type);
        },
      },
      onError: (error) => void failures.push(error),
    });
    await register(api, await serve(listener));
    expect(await playUpgrade(api)).toEqual([[500, 500, 204], ...Array(8).fill([204])]);
    expect(reached).toEqual(types);
    expect(failures.map(String)).toEqual(Array(2).fill("Error: full disk"));
  });

  test("A message with another password is refused, and reaches no handler", async () => {
    const reached: unknown[] = [];
    const listener = createCallbackListener({
      api,
      verify: { ...registration, password: "another" },
      on: { other: ({ type }) => reached.push(type) },
      onError: () => {},
    });
    await register(api, await serve(listener));
    expect(await playUpgrade(api)).toEqual(Array(9).fill(Array(4).fill(401)));
    expect(reached).toEqual([]);
  });
});

test("An upgrade in v2 reaches the handler by a secret path, and no other path", async () => {
  const reached: unknown[] = [];
  const listener = createCallbackListener({
    api: "v2",
    verify: { pathSecret },
    on: { other: ({ id, ["status"]: status }) => reached.push([typeof id, status]) },
    onError: () => {},
  });
  const url = await serve(listener);
  await register("v2", `${url}/callbacks/${pathSecret}`);
  expect(await playUpgrade("v2")).toEqual(Array(9).fill([204]));
  expect(reached).toHaveLength(9);
  expect(reached.at(-1)).toEqual(["string", "CampaignEnded"]);

  await mock.reset();
  await register("v2", `${url}/callbacks`);
  expect(await playUpgrade("v2")).toEqual(Array(9).fill(Array(4).fill(401)));
  expect(reached).toHaveLength(9);
});
