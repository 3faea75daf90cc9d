import { once } from "node:events";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  createInbox,
  createMemoryInboxStore,
  type Inbox,
  type InboxEvent,
  type InboxFailure,
  type InboxOptions,
  type InboxStore,
} from "../src/inbox.ts";
import { createCallbackListener, OptionError } from "../src/index.ts";
import { createSqliteInboxStore } from "../src/sqlite.ts";
import { createTestCallback } from "../src/testing.ts";
import { adapters, node } from "./adapters.ts";
import { credentials, messageOf, post } from "./listeners.ts";
import { createFolder, createWatchedSqliteStore } from "./stores.ts";

/** An inbox, what its handler was called with, and what its hooks received. */
interface Watched {
  inbox: Inbox;
  store: InboxStore;
  handled: Record<string, unknown>[];
  events: InboxEvent[];
  failures: (InboxFailure & { error: unknown })[];
}

/** Creates an inbox that is stopped at the end of the test. */
function watch(options: Partial<InboxOptions<"v1">> = {}): Watched {
  const handled: Record<string, unknown>[] = [];
  const events: InboxEvent[] = [];
  const failures: Watched["failures"] = [];
  const store = options.store ?? createMemoryInboxStore();
  const inbox = createInbox({
    api: "v1",
    handlers: { other: (message) => handled.push(message) },
    retryPauseMs: () => 1,
    pollMs: 10,
    onEvent: (event) => events.push(event),
    onError: (error, failure) => failures.push({ ...failure, error }),
    ...options,
    store,
  });
  onTestFinished(() => inbox.stop({ timeoutMs: 1 }));
  return { inbox, store, handled, events, failures };
}

const listenTo = (inbox: Inbox, options: Record<string, unknown> = {}) =>
  createCallbackListener({
    api: "v1",
    verify: credentials,
    on: { other: inbox.accept },
    onError: () => {},
    ...options,
  });

const upgrade = (upgradeId: string, members: Record<string, unknown> = {}) => ({
  type: "upgradeProgress",
  accountName: "0402196254-00001",
  ...credentials,
  upgradeProgress: { upgradeId },
  ...members,
});

const isSettled = ({ event }: InboxEvent) => ["handled", "dead"].includes(event);
const settled = (events: InboxEvent[], number = 1) =>
  expect.poll(() => events.filter(isSettled).length).toBe(number);

describe("a message that was accepted", () => {
  test.each(adapters)(
    "is stored before it is acknowledged, and handled afterwards ($adapter)",
    async ({ send }) => {
      const { inbox, handled, events } = watch();
      expect((await send(listenTo(inbox), post(messageOf({ n: 1 })))).status).toBe(204);
      expect(await inbox.count()).toEqual({ waiting: 1, active: 0, handled: 0, dead: 0 });
      expect(handled).toEqual([]);
      inbox.start();
      await settled(events);
      expect(handled).toMatchObject([{ n: 1 }]);
      expect(await inbox.count()).toEqual({ waiting: 0, active: 0, handled: 1, dead: 0 });
    },
  );

  test("is stored without its password", async () => {
    const { inbox, store } = watch();
    await listenTo(inbox)(createTestCallback({ api: "v1", ...credentials }));
    const [stored] = await store.list({ limit: 1 });
    expect(stored?.body).toContain(credentials.username);
    expect(JSON.stringify(stored)).not.toContain(credentials.password);
  });

  test("is handled once when it is repeated, although the repeat is not the same bytes", async () => {
    const { inbox, handled, events } = watch();
    inbox.start();
    const listener = listenTo(inbox);
    for (const callbackCount of [1, 2, 3]) {
      const message = messageOf({ n: 1, callbackCount });
      expect((await node.send(listener, post(message))).status).toBe(204);
    }
    await settled(events);
    expect(events.map(({ event }) => event).filter((event) => event !== "handled")).toEqual([
      "stored",
      "repeat",
      "repeat",
    ]);
    expect(handled).toHaveLength(1);
  });

  test("reaches the handler of its type, and `other` when it contradicts the document", async () => {
    const calls: string[] = [];
    const { inbox, events } = watch({
      handlers: {
        upgradeScheduled: ({ upgradeScheduled }) => calls.push(`scheduled ${upgradeScheduled?.upgradeId}`),
        other: ({ type }) => calls.push(`other ${type}`),
      },
    });
    const type = "upgradeScheduled";
    await inbox.accept({ type, upgradeScheduled: { upgradeId: "7" }, firmwareList: null });
    await inbox.accept({ type, upgradeScheduled: "7" });
    await inbox.accept({ type: "new" });
    inbox.start();
    await settled(events, 3);
    expect(calls.sort()).toEqual(["other new", "other upgradeScheduled", "scheduled 7"]);
  });

  test.each([
    { of: "deeply nested lists", message: JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) },
    { of: "characters that no column takes", message: { accountName: "\0\ud800", id: "\0", type: "\0" } },
    {
      of: "long identifiers",
      message: { accountName: "x".repeat(100_000), upgradeProgress: { upgradeId: "y".repeat(100_000) } },
    },
    { of: "no object", message: "text" },
  ])("is stored and handled even if it consists of $of", async ({ message }) => {
    const { folder, remove } = createFolder();
    const store = createSqliteInboxStore({ file: `${folder}/inbox.sqlite` });
    const { inbox, events } = watch({ store });
    onTestFinished(async () => {
      await inbox.stop();
      store.close();
      remove();
    });
    await inbox.accept(message);
    const [stored] = await store.list({ limit: 1 });
    expect(stored?.orderKey).toMatch(/^[ -~]{1,200}$/);
    inbox.start();
    await settled(events);
    expect(await inbox.count()).toMatchObject({ handled: 1 });
  });

  test("is known by the key of the user's own function", async () => {
    const { inbox, store } = watch({ key: ({ type }) => String(type) });
    expect(await inbox.accept({ type: "a", n: 1 })).toEqual({ repeat: false });
    expect(await inbox.accept({ type: "a", n: 2 })).toEqual({ repeat: true });
    expect((await store.list({ limit: 10 })).map(({ key }) => key.length)).toEqual([64]);
  });
});

describe("a store that cannot store", () => {
  const failing: { fault: string; add: InboxStore["add"] }[] = [
    { fault: "rejects", add: () => Promise.reject(new Error("the disk is full")) },
    {
      fault: "throws",
      add: () => {
        throw new Error("no connection");
      },
    },
    { fault: "resolves with something else", add: async () => undefined as never },
  ];

  test.each(failing)("makes the listener respond with 500 when it $fault", async ({ add }) => {
    const { inbox } = watch({ store: { ...createMemoryInboxStore(), add } });
    expect((await node.send(listenTo(inbox), post(messageOf()))).status).toBe(500);
  });

  test("makes the listener respond with 503 when it hangs", async () => {
    const { inbox } = watch({ store: { ...createMemoryInboxStore(), add: () => new Promise(() => {}) } });
    const listener = listenTo(inbox, { handlerTimeoutMs: 20 });
    expect((await node.send(listener, post(messageOf()))).status).toBe(503);
  });

  test("makes the listener respond with 500 when the disk is full, and stores the repeat when there is space again", async () => {
    const { folder, remove } = createFolder();
    const file = `${folder}/inbox.sqlite`;
    const { store, database } = createWatchedSqliteStore({ file });
    onTestFinished(() => {
      store.close();
      remove();
    });
    const { inbox } = watch({ store });
    const listener = listenTo(inbox);
    const message = messageOf({ text: "x".repeat(500_000) });
    // SQLite fails with the same error, SQLITE_FULL, when a file may not grow as when the disk is full.
    database.exec("PRAGMA max_page_count = 20");
    expect((await node.send(listener, post(message))).status).toBe(500);
    expect(await inbox.list()).toEqual([]);
    expect((await node.send(listener, post(messageOf({ n: 2 })))).status).toBe(204);
    database.exec("PRAGMA max_page_count = 100000");
    expect((await node.send(listener, post(message))).status).toBe(204);
    expect(await inbox.list()).toHaveLength(2);
  });

  test("makes the listener respond with 500 after it was closed", async () => {
    const { folder, remove } = createFolder();
    onTestFinished(remove);
    const store = createSqliteInboxStore({ file: `${folder}/inbox.sqlite` });
    const { inbox } = watch({ store });
    store.close();
    expect((await node.send(listenTo(inbox), post(messageOf()))).status).toBe(500);
  });
});

describe("a handler that fails", () => {
  test("is called again with growing pauses, and the next message of the upgrade waits", async () => {
    const calls: string[] = [];
    const pauses: number[] = [];
    const { inbox, events, failures } = watch({
      handlers: {
        other: ({ n }, { attempt }) => {
          calls.push(`${n}, attempt ${attempt}`);
          if (n === 1 && attempt < 3) throw new Error("not yet");
        },
      },
      retryPauseMs: (attempts) => {
        pauses.push(attempts);
        return 1;
      },
    });
    await inbox.accept(upgrade("a", { n: 1 }));
    await inbox.accept(upgrade("a", { n: 2 }));
    inbox.start();
    await settled(events, 2);
    expect(calls).toEqual(["1, attempt 1", "1, attempt 2", "1, attempt 3", "2, attempt 1"]);
    expect(pauses).toEqual([1, 2]);
    expect(failures.map(({ code, attempts, isLast }) => ({ code, attempts, isLast }))).toEqual([
      { code: "HANDLER_FAILED", attempts: 1, isLast: false },
      { code: "HANDLER_FAILED", attempts: 2, isLast: false },
    ]);
  });

  test("waits 1 s, 4 s, 16 s and so on, up to an hour, when nothing else is said", async () => {
    const pauses: number[] = [];
    const store = createMemoryInboxStore();
    const settle: InboxStore["settle"] = (lease, outcome) => {
      if (outcome.state === "retry") pauses.push(outcome.pauseMs);
      return store.settle(lease, outcome.state === "retry" ? { ...outcome, pauseMs: 0 } : outcome);
    };
    const { inbox, events } = watch({
      store: { ...store, settle },
      retryPauseMs: undefined,
      handlers: {
        other: () => {
          throw new Error("no");
        },
      },
    });
    await inbox.accept({});
    inbox.start();
    await settled(events);
    const second = 1_000;
    const hour = 3_600_000;
    expect(pauses).toEqual([
      second,
      4 * second,
      16 * second,
      64 * second,
      256 * second,
      1024 * second,
      hour,
      hour,
      hour,
    ]);
  });

  test("has its message listed as dead after the last attempt, and replayed when it is asked for", async () => {
    let isBroken = true;
    const handled: unknown[] = [];
    const { inbox, events, failures } = watch({
      maxAttempts: 2,
      handlers: {
        other: ({ n }) => {
          if (isBroken && n === 1) throw new TypeError("a bug");
          handled.push(n);
        },
      },
    });
    await inbox.accept(upgrade("a", { n: 1 }));
    await inbox.accept(upgrade("a", { n: 2 }));
    inbox.start();
    await settled(events, 2);
    expect(failures.at(-1)).toMatchObject({ code: "HANDLER_FAILED", attempts: 2, isLast: true });
    const [dead] = await inbox.list({ state: "dead" });
    expect(dead).toMatchObject({ attempts: 2, error: "TypeError: a bug", message: { n: 1 } });
    isBroken = false;
    expect(await inbox.replay([dead?.id ?? ""])).toBe(1);
    await settled(events, 3);
    expect(handled).toEqual([2, 1]);
    expect(await inbox.purge({ state: "handled" })).toBe(2);
    expect(await inbox.count()).toEqual({ waiting: 0, active: 0, handled: 0, dead: 0 });
  });

  test("is stopped by its signal when it hangs, and other upgrades continue", async () => {
    const aborted: unknown[] = [];
    const { inbox, events, failures } = watch({
      handlerTimeoutMs: 20,
      maxAttempts: 2,
      handlers: {
        other: async ({ n }, { signal }) => {
          if (n !== 1) return;
          await once(signal, "abort");
          aborted.push(n);
          await new Promise(() => {});
        },
      },
    });
    await inbox.accept(upgrade("a", { n: 1 }));
    await inbox.accept(upgrade("b", { n: 2 }));
    inbox.start();
    await settled(events, 2);
    expect(aborted).toEqual([1, 1]);
    expect(failures.map(({ code, isLast }) => [code, isLast])).toEqual([
      ["HANDLER_TIMEOUT", false],
      ["HANDLER_TIMEOUT", true],
    ]);
  });

  test("does not exist: the message is dead, so that it can be replayed", async () => {
    const { inbox, events, failures } = watch({ handlers: { upgradeFinished: () => {} } });
    await inbox.accept({ type: "upgradeProgress" });
    inbox.start();
    await settled(events);
    expect(failures).toMatchObject([{ code: "NO_HANDLER", isLast: true }]);
    expect(await inbox.list({ state: "dead" })).toHaveLength(1);
  });

  test("ended the process in each attempt: the message is dead, and handled no more", async () => {
    const { inbox, store, handled, events, failures } = watch({ maxAttempts: 2 });
    await inbox.accept({});
    for (let crash = 1; crash <= 2; crash += 1) {
      await expect.poll(async () => (await store.take({ limit: 1, leaseMs: 1 })).length).toBe(1);
    }
    inbox.start();
    await settled(events);
    expect(handled).toEqual([]);
    expect(failures).toMatchObject([{ code: "TOO_MANY_CRASHES", isLast: true }]);
  });
});

describe("messages", () => {
  test("of one upgrade are handled one after the other, and those of others at the same time", async () => {
    const log: string[] = [];
    const gates = new Map<string, () => void>();
    const { inbox } = watch({
      concurrency: 3,
      handlers: {
        other: async ({ n, upgradeProgress }) => {
          const name = `${upgradeProgress?.["upgradeId"]}${n}`;
          log.push(name);
          await new Promise<void>((resolve) => gates.set(name, resolve));
        },
      },
    });
    for (const n of [1, 2]) for (const id of ["a", "b", "c", "d"]) await inbox.accept(upgrade(id, { n }));
    inbox.start();
    await expect.poll(() => log.length).toBe(3);
    expect(log).toEqual(["a1", "b1", "c1"]);
    gates.get("b1")?.();
    await expect.poll(() => log).toHaveLength(4);
    expect(log.at(-1)).toBe("d1");
    gates.get("a1")?.();
    await expect.poll(() => log).toHaveLength(5);
    expect(["a2", "b2"]).toContain(log.at(-1));
  });

  test("are handled without a search for them when there is a free slot", async () => {
    let searches = 0;
    const take: InboxStore["take"] = async () => {
      searches += 1;
      return [];
    };
    const { inbox, handled } = watch({ store: { ...createMemoryInboxStore(), take } });
    inbox.start();
    await expect.poll(() => searches).toBeGreaterThan(0);
    await inbox.accept(upgrade("a"));
    await expect.poll(() => handled).toMatchObject([{ upgradeProgress: { upgradeId: "a" } }]);
  });

  test("that are stored while every slot is busy wait for one, and are handled before newer ones", async () => {
    const log: unknown[] = [];
    const gates: (() => void)[] = [];
    const { inbox } = watch({
      concurrency: 2,
      handlers: {
        other: ({ upgradeProgress }) => {
          log.push(upgradeProgress?.["upgradeId"]);
          return new Promise<void>((resolve) => gates.push(resolve));
        },
      },
    });
    inbox.start();
    await Promise.all(["a", "b", "c", "d"].map((id) => inbox.accept(upgrade(id))));
    await expect.poll(() => log.length).toBe(2);
    await inbox.accept(upgrade("e"));
    expect(log).toEqual(["a", "b"]);
    gates[0]?.();
    await inbox.accept(upgrade("f"));
    await expect.poll(() => log.length).toBe(3);
    gates[1]?.();
    await expect.poll(() => log.length).toBe(4);
    expect(log.slice(2)).toEqual(["c", "d"]);
  });

  test("that were stored before the process started are handled", async () => {
    const { folder, remove } = createFolder();
    const file = `${folder}/inbox.sqlite`;
    const before = createSqliteInboxStore({ file });
    await watch({ store: before }).inbox.accept({ n: 1 });
    before.close();
    const store = createSqliteInboxStore({ file });
    const { inbox, handled, events } = watch({ store });
    onTestFinished(async () => {
      await inbox.stop();
      store.close();
      remove();
    });
    inbox.start();
    await settled(events);
    expect(handled).toMatchObject([{ n: 1 }]);
  });

  test("keep their lease as long as their handler works", async () => {
    // A busy machine stands still for longer than a short lease.
    vi.useFakeTimers({
      toFake: ["Date", "performance", "setTimeout", "clearTimeout", "setInterval", "clearInterval"],
    });
    onTestFinished(() => void vi.useRealTimers());
    const gates: (() => void)[] = [];
    const { inbox, store, events } = watch({
      leaseMs: 3_000,
      handlers: { other: () => new Promise<void>((resolve) => gates.push(resolve)) },
    });
    await inbox.accept({});
    inbox.start();
    await vi.waitFor(() => expect(gates).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(gates).toHaveLength(1);
    expect(await store.take({ limit: 1, leaseMs: 1 })).toEqual([]);
    gates[0]?.();
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ event: "handled", attempts: 1 }));
  });

  test("are settled when the store works again", async () => {
    const store = createMemoryInboxStore();
    let failures = 3;
    const settle: InboxStore["settle"] = async (...given) => {
      failures -= 1;
      if (failures >= 0) throw new Error("no connection");
      return store.settle(...given);
    };
    const watched = watch({ store: { ...store, settle } });
    await watched.inbox.accept({ n: 1 });
    watched.inbox.start();
    await settled(watched.events);
    expect(watched.handled).toHaveLength(1);
    expect(watched.failures.map(({ code }) => code)).toEqual([
      "STORE_FAILED",
      "STORE_FAILED",
      "STORE_FAILED",
    ]);
  });

  test("are taken when the store works again", async () => {
    const store = createMemoryInboxStore();
    let failures = 3;
    const take: InboxStore["take"] = async (options) => {
      failures -= 1;
      if (failures >= 0) throw new Error("no connection");
      return store.take(options);
    };
    const watched = watch({ store: { ...store, take } });
    await watched.inbox.accept({ n: 1 });
    watched.inbox.start();
    await settled(watched.events);
    expect(watched.failures).toHaveLength(3);
  });
});

describe("an inbox that is stopped", () => {
  test("waits for the handlers that work, takes nothing more, and still stores messages", async () => {
    const gates: (() => void)[] = [];
    const { inbox, events } = watch({
      handlers: { other: () => new Promise<void>((resolve) => gates.push(resolve)) },
    });
    await inbox.accept(upgrade("a", { n: 1 }));
    await inbox.accept(upgrade("a", { n: 2 }));
    inbox.start();
    await expect.poll(() => gates).toHaveLength(1);
    const stopped = inbox.stop();
    gates[0]?.();
    await stopped;
    expect(events.filter(({ event }) => event === "handled")).toHaveLength(1);
    expect(await inbox.accept(upgrade("b"))).toEqual({ repeat: false });
    expect(await inbox.count()).toEqual({ waiting: 2, active: 0, handled: 1, dead: 0 });
  });

  test("gives back the message of a handler that does not finish in time", async () => {
    let signal: AbortSignal | undefined;
    const { inbox, events } = watch({
      handlers: {
        other: (_, delivery) => {
          signal = delivery.signal;
          return new Promise(() => {});
        },
      },
    });
    await inbox.accept({});
    inbox.start();
    await expect.poll(() => inbox.count()).toMatchObject({ active: 1 });
    await inbox.stop({ timeoutMs: 10 });
    expect(signal?.aborted).toBe(true);
    expect(await inbox.count()).toEqual({ waiting: 1, active: 0, handled: 0, dead: 0 });
    expect(events.at(-1)).toMatchObject({ event: "released" });
  });

  test("does not give up a message whose last attempt it has stopped", async () => {
    const handled: unknown[] = [];
    let isHanging = true;
    const { inbox } = watch({
      maxAttempts: 1,
      handlers: {
        other: async ({ n }) => {
          if (isHanging) return new Promise(() => {});
          handled.push(n);
        },
      },
    });
    await inbox.accept({ n: 1 });
    inbox.start();
    await expect.poll(() => inbox.count()).toMatchObject({ active: 1 });
    await inbox.stop({ timeoutMs: 10 });
    isHanging = false;
    inbox.start();
    await expect.poll(() => inbox.count()).toMatchObject({ handled: 1 });
    expect(handled).toEqual([1]);
  });

  test("gives back a message that was taken as it was stored, and does not call its handler", async () => {
    const store = createMemoryInboxStore();
    let letAdd = () => {};
    let isHeld = false;
    const add: InboxStore["add"] = async (message, options) => {
      if (options.leaseMs !== undefined) {
        isHeld = true;
        await new Promise<void>((resolve) => (letAdd = resolve));
      }
      return store.add(message, options);
    };
    const { inbox, handled } = watch({ store: { ...store, add } });
    inbox.start();
    let accepted: Promise<unknown> = Promise.resolve();
    await expect
      .poll(() => {
        if (!isHeld) accepted = inbox.accept({ n: Math.random() });
        return isHeld;
      })
      .toBe(true);
    await expect.poll(() => inbox.count()).toMatchObject({ waiting: 0, active: 0 });
    const before = handled.length;
    const stopped = inbox.stop();
    letAdd();
    await stopped;
    expect(await inbox.count()).toMatchObject({ waiting: 1, active: 0 });
    expect(await accepted).toEqual({ repeat: false });
    expect(handled).toHaveLength(before);
  });

  test("stops in time although the store does not answer a search", async () => {
    const store = createMemoryInboxStore();
    let hasAsked = false;
    const take = () => {
      hasAsked = true;
      return new Promise<never>(() => {});
    };
    const { inbox } = watch({ store: { ...store, take } });
    inbox.start();
    await expect.poll(() => hasAsked).toBe(true);
    await inbox.stop({ timeoutMs: 10 });
  });

  test("leaves alone what it does when it is started before it has stopped", async () => {
    vi.useFakeTimers();
    let signal: AbortSignal | undefined;
    const { inbox } = watch({
      handlers: {
        other: ({ n }, delivery) => {
          if (n === 2) signal ??= delivery.signal;
          return new Promise(() => {});
        },
      },
    });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    inbox.start();
    await inbox.accept(upgrade("a", { n: 1 }));
    await vi.advanceTimersByTimeAsync(1_000);
    const stopped = inbox.stop({ timeoutMs: 5_000 });
    inbox.start();
    await inbox.accept(upgrade("b", { n: 2 }));
    await vi.advanceTimersByTimeAsync(6_000);
    await stopped;
    expect(signal?.aborted).toBe(false);
    const stoppedAgain = inbox.stop({ timeoutMs: 1 });
    await vi.advanceTimersByTimeAsync(10);
    await stoppedAgain;
    // The time limits of the handlers, which never end, are over then.
    await vi.advanceTimersByTimeAsync(70_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("can be started again", async () => {
    const { inbox, events } = watch();
    inbox.start();
    inbox.start();
    await inbox.stop();
    await inbox.accept({});
    inbox.start();
    await settled(events);
  });
});

test("a search that the store does not answer ends with the lease, and the next one finds the messages", async () => {
  vi.useFakeTimers();
  const store = createMemoryInboxStore();
  let searches = 0;
  const take: InboxStore["take"] = (options) => {
    searches += 1;
    return searches === 1 ? new Promise<never>(() => {}) : store.take(options);
  };
  const { inbox, handled, failures } = watch({ store: { ...store, take }, leaseMs: 30_000 });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  await inbox.accept({ n: 1 });
  inbox.start();
  await vi.advanceTimersByTimeAsync(29_000);
  expect(handled).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(handled).toMatchObject([{ n: 1 }]);
  expect(failures).toMatchObject([{ code: "STORE_FAILED" }]);
});

test("a state that cannot be listed or purged is refused, and nothing is deleted", async () => {
  const { inbox } = watch();
  await inbox.accept({});
  const refused = { option: "state" };
  await expect(inbox.purge({ state: "waiting" as never })).rejects.toMatchObject(refused);
  await expect(inbox.list({ state: "toString" as never })).rejects.toMatchObject(refused);
  expect(await inbox.count()).toMatchObject({ waiting: 1 });
});

describe("a message whose handler fails", () => {
  test.each([
    { what: "nothing", retryPauseMs: () => undefined },
    { what: "a negative number", retryPauseMs: () => -1 },
    { what: "NaN", retryPauseMs: () => Number.NaN },
    {
      what: "an error",
      retryPauseMs: () => {
        throw new Error("no pause");
      },
    },
  ])("is tried again after the usual pause when retryPauseMs gives $what", async ({ retryPauseMs }) => {
    const { inbox, store, failures } = watch({
      handlers: { other: () => Promise.reject(new Error("no")) },
      retryPauseMs: retryPauseMs as () => number,
    });
    inbox.start();
    await inbox.accept({});
    await expect.poll(() => failures).toHaveLength(2);
    expect(failures.map(({ code }) => code)).toEqual(["RETRY_PAUSE_FAILED", "HANDLER_FAILED"]);
    expect(await store.list({ limit: 1 })).toMatchObject([{ state: "waiting", attempts: 1 }]);
  });

  test("is listed with an error that every database takes", async () => {
    const { inbox } = watch({
      handlers: { other: () => Promise.reject(new Error(`NUL \0, ${"x".repeat(485)}😀😀`)) },
      maxAttempts: 1,
    });
    inbox.start();
    await inbox.accept({});
    await expect.poll(() => inbox.count()).toMatchObject({ dead: 1 });
    const [{ error = "" } = {}] = await inbox.list({ state: "dead" });
    expect(error).toContain("NUL �, xxx");
    expect(error).not.toMatch(/\p{Surrogate}/u);
    expect(error).toHaveLength(500);
  });
});

test("onEvent tells what metrics need, without the content of messages", async () => {
  const { inbox, events } = watch();
  inbox.start();
  await inbox.accept(upgrade("a"));
  await settled(events);
  const ms = expect.any(Number);
  const common = {
    api: "v1",
    type: "upgradeProgress",
    account: "0402196254-00001",
    durationMs: ms,
    ageMs: ms,
  };
  expect(events).toEqual([
    { event: "stored", attempts: 0, ...common },
    { event: "handled", attempts: 1, ...common },
  ]);
});

test("hooks that throw change nothing", async () => {
  const fail = () => {
    throw new Error("a hook");
  };
  const { inbox } = watch({
    onEvent: fail,
    onError: async () => fail(),
    handlers: { other: fail },
    maxAttempts: 2,
  });
  inbox.start();
  await inbox.accept({});
  await expect.poll(() => inbox.count()).toMatchObject({ dead: 1 });
});

describe("wrong options", () => {
  const right = { api: "v1", store: createMemoryInboxStore(), handlers: { other: () => {} } };
  test.each([
    { option: "api", options: { ...right, api: "v9" } },
    { option: "store.take", options: { ...right, store: { ...right.store, take: undefined } } },
    { option: "handlers", options: { ...right, handlers: {} } },
    { option: "upgradeDone", options: { ...right, handlers: { upgradeDone: () => {} } } },
    { option: "concurrency", options: { ...right, concurrency: 0 } },
    { option: "leaseMs", options: { ...right, leaseMs: 1.5 } },
    { option: "retryPauseMs", options: { ...right, retryPauseMs: 5 } },
    { option: "verify", options: { ...right, verify: () => true } },
  ])("are refused when the inbox is created: $option", ({ option, options }) => {
    expect(() => createInbox(options as never)).toThrow(expect.objectContaining({ option }));
    expect(() => createInbox(options as never)).toThrow(OptionError);
  });
});
