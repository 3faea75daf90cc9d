import { expect, onTestFinished, test } from "vitest";
import { createInbox, createMemoryInboxStore } from "../src/inbox.ts";
import { createCallbackListener, createMemorySeenStore, type MessageEvent } from "../src/index.ts";
import { adapters, type Sent, web } from "./adapters.ts";
import { credentials, messageOf, post } from "./listeners.ts";

function watch(options: Record<string, unknown> = {}) {
  const events: MessageEvent[] = [];
  const listener = createCallbackListener({
    api: "v1",
    verify: credentials,
    on: { other: () => {} },
    onError: () => {},
    onMessage: (event) => {
      events.push(event);
    },
    ...options,
  });
  return { listener, events };
}

const anyEvent = {
  api: "v1",
  type: undefined,
  account: undefined,
  durationMs: expect.any(Number),
  repeat: false,
};

test.each(adapters)("onMessage is told about a message that was handled ($adapter)", async ({ send }) => {
  const { listener, events } = watch();
  await send(listener, post(messageOf({ accountName: "a" })));
  expect(events).toEqual([{ ...anyEvent, type: "upgradeProgress", account: "a", status: 204 }]);
});

const requests: { of: string; sent: Sent; expected: Partial<MessageEvent> }[] = [
  {
    of: "an undocumented type",
    sent: post(messageOf({ type: "x".repeat(1000) })),
    expected: { type: "other", status: 204 },
  },
  {
    of: "a message that is not verified",
    sent: post(messageOf({ password: "wrong", accountName: "a" })),
    expected: { status: 401 },
  },
  { of: "a request without JSON", sent: post("{"), expected: { status: 400 } },
  { of: "a wrong method", sent: { method: "PUT" }, expected: { status: 405 } },
];

test.each(requests)(
  "onMessage is told about $of, and nothing that an unknown sender chose",
  async ({ sent, expected }) => {
    const { listener, events } = watch();
    await web.send(listener, sent);
    expect(events).toEqual([{ ...anyEvent, ...expected }]);
  },
);

test("onMessage is told that a handler failed", async () => {
  const fail = () => {
    throw new Error("no");
  };
  const { listener, events } = watch({ on: { other: fail } });
  await web.send(listener, post(messageOf()));
  expect(events).toMatchObject([{ status: 500, repeat: false }]);
});

test("onMessage is told of a repeat that a seen store knows", async () => {
  const { listener, events } = watch({ seen: { store: createMemorySeenStore() } });
  for (const callbackCount of [1, 2]) await web.send(listener, post(messageOf({ callbackCount })));
  expect(events.map(({ status, repeat }) => ({ status, repeat }))).toEqual([
    { status: 204, repeat: false },
    { status: 204, repeat: true },
  ]);
});

test("onMessage is told of a repeat that an inbox knows", async () => {
  const inbox = createInbox({ api: "v1", store: createMemoryInboxStore(), handlers: { other: () => {} } });
  onTestFinished(() => inbox.stop());
  const { listener, events } = watch({ on: { other: inbox.accept } });
  for (const callbackCount of [1, 2]) await web.send(listener, post(messageOf({ callbackCount })));
  expect(events.map(({ repeat }) => repeat)).toEqual([false, true]);
});

test.each([
  () => {
    throw new Error("no");
  },
  async () => {
    throw new Error("no");
  },
])("an onMessage that fails does not change the response", async (onMessage) => {
  expect((await web.send(watch({ onMessage }).listener, post(messageOf()))).status).toBe(204);
});
