import pLimit from "p-limit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClock } from "../state/clock.ts";
import { openDatabase } from "../state/database.ts";
import type { Send } from "./attempt.ts";
import { createQueue } from "./queue.ts";
import type { Attempt } from "./sender.ts";
import { createFixedPauses, findSenderProfile } from "./sender-profile.ts";
import { createDeliveries, type Deliveries } from "./store.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Sent {
  url: string;
  body: string;
  /** Seconds since the test began. */
  at: number;
}

/** Creates a queue whose sender returns the given attempts, then 204. */
function createSetup({
  outcomes = [],
  sender = "patient",
  pausesMs,
  maxOutgoing = 200,
  send,
  replace,
  onAttempt,
}: {
  outcomes?: Partial<Attempt>[];
  sender?: string;
  pausesMs?: number[];
  maxOutgoing?: number;
  send?: Send;
  /** Replaces methods of the store. */
  replace?: (deliveries: Deliveries) => Partial<Deliveries>;
  onAttempt?: () => void;
} = {}) {
  const start = Date.now();
  const sent: Sent[] = [];
  const errors: unknown[] = [];
  const deliveries = createDeliveries(openDatabase());
  const profile = findSenderProfile(sender);
  if (!profile) throw new Error(`No sender ${sender}`);
  const queue = createQueue({
    deliveries: { ...deliveries, ...replace?.(deliveries) },
    send:
      send ??
      (async ({ url }, body) => {
        sent.push({ url, body, at: (Date.now() - start) / 1000 });
        return { durationMs: 1, ...(outcomes.shift() ?? { status: 204 }) };
      }),
    onError: (error) => errors.push(error),
    onAttempt,
    profile: pausesMs ? { ...profile, pauses: createFixedPauses(pausesMs) } : profile,
    limit: pLimit(maxOutgoing),
    clock: createClock(),
  });
  const accept = (account: string, { afterMs = 0, type = "t" } = {}) => {
    const [id] = deliveries.accept([
      {
        api: "v1",
        account,
        url: `http://${account}/`,
        type,
        message: JSON.stringify({ type }),
        acceptedAt: Date.now(),
        dueAt: Date.now() + afterMs,
      },
    ]);
    queue.wake(account);
    return id;
  };
  const statusOf = (id: number | undefined) =>
    deliveries.list({ limit: 1_000, offset: 0 }).deliveries.find((delivery) => delivery.id === id)?.status;
  return {
    queue,
    deliveries,
    accept,
    sent,
    errors,
    statusOf,
    times: () => sent.map(({ at }) => Math.round(at * 10) / 10),
  };
}

const refused = { status: 503 };

test("The measured sender retries once, after 1.2 to 1.7 seconds, and counts its attempts in the message", async () => {
  const { accept, sent, statusOf } = createSetup({
    sender: "measured",
    outcomes: [refused, refused, refused],
  });
  const id = accept("a");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent.map(({ body }) => JSON.parse(body))).toEqual([
    { type: "t", callbackCount: 1 },
    { type: "t", callbackCount: 2 },
  ]);
  expect(sent[1]?.at).toBeGreaterThanOrEqual(1.2);
  expect(sent[1]?.at).toBeLessThanOrEqual(1.71);
  expect(statusOf(id)).toBe("failed");
});

test("The documented sender retries three times, 5 minutes apart, with the same bytes", async () => {
  const { accept, sent, statusOf } = createSetup({ sender: "documented", outcomes: Array(9).fill(refused) });
  const id = accept("a");
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(sent.map(({ at }) => Math.round(at))).toEqual([0, 300, 600, 900]);
  expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
  expect(statusOf(id)).toBe("failed");
});

test("Advancing the clock immediately sends every retry that is due", async () => {
  const { accept, queue, times, statusOf } = createSetup({
    sender: "documented",
    outcomes: Array(9).fill(refused),
  });
  const id = accept("a");
  await vi.advanceTimersByTimeAsync(1_000);
  queue.followClock({ movedMs: 600_000, stoodStillMs: 0 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(times()).toEqual([0, 1, 1]);
  expect(statusOf(id)).toBe("pending");
  queue.followClock({ movedMs: 300_000, stoodStillMs: 0 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(times()).toEqual([0, 1, 1, 2]);
  expect(statusOf(id)).toBe("failed");
});

test("Advancing the clock during an attempt also brings forward its retries", async () => {
  let respond = (_attempt: Attempt) => {};
  let sent = 0;
  const { accept, queue } = createSetup({
    sender: "documented",
    send: () => {
      sent += 1;
      return new Promise((resolve) => {
        respond = resolve;
      });
    },
  });
  accept("a");
  await vi.advanceTimersByTimeAsync(10);
  queue.followClock({ movedMs: 300_000, stoodStillMs: 0 });
  respond({ durationMs: 1, status: 503 });
  await vi.advanceTimersByTimeAsync(10);
  expect(sent).toBe(2);
});

test("Advancing the clock sends the messages that are due in order, and later messages at their time", async () => {
  const { accept, queue, sent } = createSetup({ outcomes: [{ status: 204 }, refused] });
  for (const [type, afterMs] of [
    ["first", 0],
    ["second", 60_000],
    ["third", 120_000],
    ["fourth", 180_000],
  ] as const) {
    accept("a", { type, afterMs });
  }
  await vi.advanceTimersByTimeAsync(1_000);
  queue.followClock({ movedMs: 150_000, stoodStillMs: 0 });
  await vi.advanceTimersByTimeAsync(1_000);
  const types = () => sent.map(({ body }) => JSON.parse(body).type);
  expect(types()).toEqual(["first", "second", "second", "third"]);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(types()).toEqual(["first", "second", "second", "third", "fourth"]);
});

test("A message that is accepted after the clock was advanced keeps its own pauses", async () => {
  const { accept, queue, times } = createSetup({ outcomes: [refused, refused], pausesMs: [1_000, 4_000] });
  accept("a");
  await vi.advanceTimersByTimeAsync(500);
  queue.followClock({ movedMs: 1_000_000, stoodStillMs: 0 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(times()).toEqual([0, 0.5, 0.5]);
  accept("a", { afterMs: 2_000 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(times()).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(times()).toHaveLength(4);
});

test("A pause can be longer than the longest timer", async () => {
  const { accept, sent } = createSetup();
  accept("a", { afterMs: 2 ** 31 + 1_000 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(2 ** 31);
  expect(sent).toHaveLength(1);
});

test.each(["EMFILE", "ENFILE", "EADDRNOTAVAIL"])(
  "%s of this machine is no attempt, and said once",
  async () => {
    const local: Partial<Attempt> = { isLocal: true, error: "this process has too many open files" };
    const { accept, sent, errors, deliveries, statusOf } = createSetup({ outcomes: Array(9).fill(local) });
    const id = accept("a");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(sent).toHaveLength(10);
    expect(statusOf(id)).toBe("delivered");
    expect(deliveries.list({ limit: 1, offset: 0 }).deliveries[0]?.attempts).toHaveLength(1);
    expect(errors).toHaveLength(1);
  },
);

test("The queue sends at most the allowed number of messages at the same time, and sends all of them", async () => {
  let underWay = 0;
  let most = 0;
  const { accept, queue, deliveries } = createSetup({
    maxOutgoing: 3,
    send: async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      underWay -= 1;
      return { durationMs: 1_000, status: 204 };
    },
  });
  for (let index = 0; index < 10; index++) accept(`a${index}`);
  await vi.advanceTimersByTimeAsync(10_000);
  await queue.idle();
  expect(most).toBe(3);
  expect(deliveries.list({ status: "delivered", limit: 1, offset: 0 }).total).toBe(10);
});

test("A pause continues after a restart, and overdue messages are sent immediately", async () => {
  const { accept, deliveries, queue } = createSetup({ outcomes: [refused], pausesMs: [60_000] });
  accept("a");
  await vi.advanceTimersByTimeAsync(1_000);
  await queue.close();
  let sent = 0;
  const later = createQueue({
    deliveries,
    send: async () => {
      sent += 1;
      return { durationMs: 1, status: 204 };
    },
    onError: () => {},
    profile: { pauses: [] },
    limit: pLimit(1),
    clock: createClock(),
  });
  later.resume();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sent).toBe(0);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sent).toBe(1);
});

/** Creates a queue whose store keeps the outcome of each attempt waiting until it is told to fail. */
function createFailingSetup(options: Parameters<typeof createSetup>[0] = {}) {
  const failures: (() => void)[] = [];
  const record = () =>
    new Promise<void>((_, reject) => {
      failures.push(() => reject(new Error("disk full")));
    });
  return { ...createSetup({ ...options, replace: () => ({ record }) }), failures };
}

test("A store that fails while the queue closes is reported before it has closed", async () => {
  const { accept, queue, errors, failures } = createFailingSetup();
  accept("a");
  await vi.advanceTimersByTimeAsync(10);
  const closed = queue.close();
  failures[0]?.();
  await closed;
  expect(errors).toEqual([new Error("disk full")]);
});

test("A store that fails after the deliveries were forgotten is reported, also while the queue closes", async () => {
  const { accept, queue, errors, failures } = createFailingSetup();
  accept("a");
  await vi.advanceTimersByTimeAsync(10);
  queue.forget();
  const closed = queue.close();
  failures[0]?.();
  await closed;
  expect(errors).toEqual([new Error("disk full")]);
});

test("A store that fails after the deliveries were forgotten does not stop the next ones of the account", async () => {
  const { accept, queue, errors, failures, sent } = createFailingSetup();
  accept("a");
  await vi.advanceTimersByTimeAsync(10);
  queue.forget();
  accept("a");
  await vi.advanceTimersByTimeAsync(10);
  failures[0]?.();
  await vi.advanceTimersByTimeAsync(10);
  expect(errors).toHaveLength(1);
  const before = sent.length;
  // Sent once more by another line if the second one were no longer known.
  queue.wake("a");
  await vi.advanceTimersByTimeAsync(10);
  expect(sent).toHaveLength(before);
});

test("While outcomes are being stored the next messages are sent", async () => {
  const { accept, sent } = createFailingSetup();
  for (const type of ["first", "second", "third"]) accept("a", { type });
  await vi.advanceTimersByTimeAsync(10);
  expect(sent.map(({ body }) => JSON.parse(body).type)).toEqual(["first", "second", "third"]);
});

test("When outcomes cannot be stored, their messages are sent again, in order", async () => {
  const { accept, queue, sent, errors, failures } = createFailingSetup();
  for (const type of ["first", "second"]) accept("a", { type });
  await vi.advanceTimersByTimeAsync(10);
  for (const fail of failures) fail();
  await vi.advanceTimersByTimeAsync(10);
  expect(errors).toEqual([new Error("disk full")]);
  queue.wake("a");
  await vi.advanceTimersByTimeAsync(10);
  expect(sent.map(({ body }) => JSON.parse(body).type)).toEqual(["first", "second", "first", "second"]);
});

test("A message that is tried again waits until its attempt is stored, and the next one after it", async () => {
  const { accept, sent } = createFailingSetup({ outcomes: [refused] });
  for (const type of ["first", "second"]) accept("a", { type });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent.map(({ body }) => JSON.parse(body).type)).toEqual(["first"]);
});

test("When the next delivery cannot be read, the account begins again after its last outcomes are stored", async () => {
  let isBroken = false;
  const { accept, sent, errors, queue } = createSetup({
    replace: ({ nextTen }) => ({
      nextTen: (...of) => {
        if (isBroken) throw new Error("disk I/O error");
        return nextTen(...of);
      },
    }),
    onAttempt: () => {
      isBroken = sent.length === 1;
    },
  });
  accept("a", { type: "first" });
  await vi.advanceTimersByTimeAsync(1);
  isBroken = false;
  accept("a", { type: "second" });
  await vi.advanceTimersByTimeAsync(100);
  expect(errors).toEqual([new Error("disk I/O error")]);
  expect(sent.map(({ body }) => JSON.parse(body).type)).toEqual(["first", "second"]);
  await queue.idle();
});

test("A queue that is closed after a delivery could not be read has stored the outcomes before it", async () => {
  let reads = 0;
  const stored: number[] = [];
  const { accept, queue } = createSetup({
    replace: ({ nextTen, record }) => ({
      nextTen: (...of) => {
        reads += 1;
        if (reads > 1) throw new Error("disk I/O error");
        return nextTen(...of);
      },
      record: async (id, outcome) => {
        await record(id, outcome);
        stored.push(id);
      },
    }),
  });
  const id = accept("a");
  await vi.advanceTimersByTimeAsync(1);
  expect(reads).toBe(2);
  const before = queue.close().then(() => [...stored]);
  await vi.advanceTimersByTimeAsync(100);
  expect(await before).toEqual([id]);
});

/** Runs `run` after so many microtasks, each of which is a turn of those who wait for an attempt. */
async function runAfter(microtasks: number, run: () => void): Promise<void> {
  for (let count = 0; count < microtasks; count++) await undefined;
  run();
}

const moments = Array.from({ length: 16 }, (_, microtasks) => ({ microtasks }));

test.each(moments)(
  "Deliveries that are loaded $microtasks microtasks after an attempt are pending, though it had the same id",
  async ({ microtasks }) => {
    let sent = 0;
    const { accept, deliveries, queue, statusOf } = createSetup({
      send: async () => {
        sent += 1;
        if (sent === 1) void runAfter(microtasks, load);
        return { durationMs: 1, status: 204 };
      },
    });
    const id = accept("a");
    const saved = deliveries.all().map((delivery) => ({ ...delivery, dueAt: Date.now() + 60_000 }));
    const load = () => {
      deliveries.load(saved);
      queue.forget();
      queue.resume();
    };
    await vi.advanceTimersByTimeAsync(1_000);
    expect(statusOf(id)).toBe("pending");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toBe(2);
    expect(statusOf(id)).toBe("delivered");
  },
);

test.each(moments)(
  "Advancing the clock $microtasks microtasks after an attempt brings forward its retry",
  async ({ microtasks }) => {
    let sent = 0;
    const { accept, queue } = createSetup({
      sender: "documented",
      send: async () => {
        sent += 1;
        if (sent === 1)
          void runAfter(microtasks, () => queue.followClock({ movedMs: 300_000, stoodStillMs: 0 }));
        return { durationMs: 1, status: 503 };
      },
    });
    accept("a");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toBe(2);
  },
);
