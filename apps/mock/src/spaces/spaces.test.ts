import pLimit from "p-limit";
import { expect, onTestFinished, test, vi } from "vitest";
import { createOutbox } from "../deliveries/outbox.ts";
import { createLocalStores } from "./local-stores.ts";
import { createSpaces } from "./spaces.ts";

const day = 24 * 60 * 60 * 1000;

const create = () =>
  createSpaces(createLocalStores(undefined), {
    outbox: createOutbox({ allowTargets: [], timeoutMs: 1_000 }),
    profile: { timeoutMs: 1_000, pauses: [] },
    limit: pLimit(1),
    keepDeliveries: 1,
    configured: { applications: [], users: [] },
    onError: () => {},
    onAttempt: () => {},
  });

test("A space that nobody has used for a day is dropped, unless somebody follows it", async () => {
  const spaces = create();
  spaces.get("unused");
  const stream = spaces.get("followed").stream.open(undefined);
  const names = () => spaces.list().map(({ space }) => space.name);
  spaces.dropUnused(Date.now() + day - 60_000);
  expect(names()).toEqual(["default", "unused", "followed"]);
  spaces.dropUnused(Date.now() + day);
  expect(names()).toEqual(["default", "followed"]);
  stream.destroy();
  await spaces.close();
});

test.each([
  { by: "no other space", others: [], headers: {} },
  { by: "its name", others: ["a"], headers: { "x-mock-space": "default" } },
  { by: "no header beside another space", others: ["a"], headers: {} },
  { by: "a token that names no space", others: ["a"], headers: { authorization: "Bearer any.token" } },
])(
  "A request that is about the default space by $by is noted as its last use",
  async ({ others, headers }) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const spaces = create();
    for (const name of others) spaces.get(name);
    vi.setSystemTime(Date.now() + day);
    spaces.choose(headers, undefined, () => {});
    expect(spaces.list()[0]?.usedAt).toBe(Date.now());
    await spaces.close();
  },
);

test("The events of a delivery keep neither its message nor the attempts before", async () => {
  const spaces = create();
  const { deliveries, queue, events } = spaces.default;
  const accepted = {
    api: "v1",
    account: "a",
    url: "no URL",
    type: "t",
    message: '{"text":"long"}',
    acceptedAt: 0,
    dueAt: 0,
  };
  deliveries.accept([accepted]);
  queue.wake("a");
  await queue.idle();
  const { events: kept } = events.after(0, 10);
  expect(kept.map(({ kind }) => kind)).toEqual(["delivery", "request", "attempt", "delivery"]);
  const details = JSON.stringify(kept);
  expect(details).not.toContain("long");
  expect(details).not.toContain("attempts");
  await spaces.close();
});

test("An outcome is kept when what would replace it in the same turn is rolled back", async () => {
  const spaces = create();
  const { deliveries, inTransaction } = spaces.default;
  const accepted = {
    api: "v1",
    account: "a",
    url: "http://a",
    type: "t",
    message: "{}",
    acceptedAt: 0,
    dueAt: 0,
  };
  const [id = 0] = deliveries.accept([accepted]);
  const stored = deliveries.record(id, { status: "failed", attempts: [], dueAt: 0 });
  const replace = () =>
    inTransaction(() => {
      deliveries.clear();
      throw new Error("The disk is full.");
    });
  expect(replace).toThrow("The disk is full.");
  await stored;
  expect(deliveries.get(id)?.status).toBe("failed");
  await spaces.close();
});
