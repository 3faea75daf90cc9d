import type { InboxStore, NewMessage, StoredMessage } from "../inbox/store.ts";
import {
  type CaseTools,
  type ConformanceCase,
  createCase,
  expectEqual,
  expectTrue,
  waitFor,
} from "./case.ts";

const repeatWindowMs = 3_600_000;
const leaseMs = 60_000;
const long = 60_000;

const messageOf = (key: string, orderKey = key): NewMessage => ({
  key,
  orderKey,
  body: JSON.stringify({ key }),
});
const keysOf = (messages: StoredMessage[]) => messages.map(({ key }) => key).sort();
const add = (store: InboxStore, message: NewMessage) => store.add(message, { repeatWindowMs });
const take = (store: InboxStore, limit = 100) => store.take({ limit, leaseMs });

async function takeOne(store: InboxStore): Promise<StoredMessage> {
  const [taken, ...others] = await take(store);
  if (!taken || others.length > 0)
    expectEqual(taken ? 1 + others.length : 0, 1, "The number of messages taken");
  return taken as StoredMessage;
}

const define = (title: string, body: (tools: CaseTools<InboxStore>) => Promise<void>) =>
  createCase(title, body);

/** The cases that every inbox store must pass. They take milliseconds, except with slow databases. */
export const inboxStoreCases: readonly ConformanceCase<InboxStore>[] = [
  define("a stored message is taken once, as it was stored", async ({ store }) => {
    const before = Date.now() - long;
    expectEqual(await add(store, messageOf("a", "order")), "added", "The result of add");
    const { key, orderKey, body, state, attempts, receivedAt } = await takeOne(store);
    const expected = { ...messageOf("a", "order"), state: "active", attempts: 1 };
    expectEqual({ key, orderKey, body, state, attempts }, expected, "The message taken");
    expectTrue(
      receivedAt > before && receivedAt < Date.now() + long,
      "receivedAt must be milliseconds since 1970.",
    );
    expectEqual(await take(store), [], "What is taken next");
  }),
  define(
    "bodies come back unchanged, whatever characters they have and however long they are",
    async ({ store }) => {
      const texts = ["'\"\\; DROP TABLE inbox", "\\u0000 \u2028 ü 漢 🚚", "", "x".repeat(1_000_000)];
      const bodies = texts.map((text) => JSON.stringify({ text }));
      for (const [index, body] of bodies.entries()) await add(store, { ...messageOf(`${index}`), body });
      const taken = await take(store);
      expectEqual(taken.map(({ body }) => body).sort(), bodies.sort(), "The bodies");
    },
  ),
  define("a message whose key was stored before is known, in every state", async ({ store }) => {
    await add(store, messageOf("a"));
    const again = async (state: string) =>
      expectEqual(await add(store, messageOf("a")), "known", `The result of add for a key that is ${state}`);
    await again("waiting");
    const taken = await takeOne(store);
    await again("active");
    await store.settle(taken, { state: "handled" });
    await again("handled");
    expectEqual(await take(store), [], "What is taken after the repeats");
    await add(store, messageOf("b"));
    await store.settle(await takeOne(store), { state: "dead", error: "no" });
    expectEqual(await add(store, messageOf("b")), "known", "The result of add for a key that is dead");
  }),
  define("a message whose key was stored before the window of repeats is added", async ({ store }) => {
    await add(store, messageOf("a"));
    await store.settle(await takeOne(store), { state: "handled" });
    await waitFor(async () => {
      const result = await store.add(messageOf("a"), { repeatWindowMs: 1 });
      return result === "added" ? result : undefined;
    }, "A key must be forgotten");
    expectEqual((await takeOne(store)).key, "a", "The key of the message taken");
    expectEqual(
      await add(store, messageOf("a")),
      "known",
      "The result of add for a key that was stored again",
    );
  }),
  define("of many calls with one key at the same time one is added", async ({ store, connect }) => {
    const other = (await connect?.()) ?? store;
    const calls = Array.from({ length: 30 }, (_, index) => add(index % 2 ? store : other, messageOf("a")));
    const added = (await Promise.all(calls)).filter((result) => result === "added");
    expectEqual(added.length, 1, "The number of calls that got added");
    expectEqual((await take(store)).length, 1, "The number of messages taken");
  }),
  define(
    "messages with one order key are taken one at a time, in the order in which they were stored",
    async ({ store }) => {
      const keys = Array.from({ length: 25 }, (_, index) => `${String.fromCharCode(122 - index)}`);
      for (const key of keys) await add(store, messageOf(key, "one"));
      for (const key of keys) {
        const taken = await takeOne(store);
        expectEqual(taken.key, key, "The key of the message taken");
        expectEqual(await store.settle(taken, { state: "handled" }), true, "The result of settle");
      }
    },
  ),
  define("messages with different order keys are taken together, up to the limit", async ({ store }) => {
    const keys = Array.from({ length: 30 }, (_, index) => `key ${String(index).padStart(2, "0")}`);
    await Promise.all(keys.map((key) => add(store, messageOf(key))));
    const first = await take(store, 7);
    expectEqual(first.length, 7, "The number of messages taken with a limit of 7");
    const rest = await take(store);
    expectEqual(keysOf([...first, ...rest]), keys, "The keys of all messages taken");
  }),
  define("every order key gets its turn, even when others always have messages", async ({ store }) => {
    for (const orderKey of ["a", "b", "c"]) {
      for (let index = 0; index < 3; index += 1)
        await add(store, messageOf(`${orderKey} ${index}`, orderKey));
    }
    const turns = new Set<string>();
    for (let turn = 0; turn < 30; turn += 1) {
      const [taken] = await take(store, 1);
      if (!taken) break;
      turns.add(taken.orderKey);
      await add(store, messageOf(`${taken.orderKey}, turn ${turn}`, taken.orderKey));
      await store.settle(taken, { state: "handled" });
    }
    expectEqual([...turns].sort(), ["a", "b", "c"], "The order keys of 30 messages taken one by one");
  }),
  define(
    "a message to be tried again waits for its pause, and those behind it wait, too",
    async ({ store }) => {
      await add(store, messageOf("a", "one"));
      await add(store, messageOf("b", "one"));
      const taken = await takeOne(store);
      await store.settle(taken, { state: "retry", pauseMs: long, error: "Error: not now" });
      expectEqual(await take(store), [], "What is taken during the pause");
      const [waiting] = await store.list({ limit: 10 });
      expectEqual(
        [waiting?.key, waiting?.state, waiting?.attempts, waiting?.error],
        ["a", "waiting", 1, "Error: not now"],
        "The message that waits",
      );
    },
  ),
  define(
    "a message to be tried again is taken after its pause, before those behind it",
    async ({ store }) => {
      await add(store, messageOf("a", "one"));
      await add(store, messageOf("b", "one"));
      await store.settle(await takeOne(store), { state: "retry", pauseMs: 20, error: "no" });
      const again = await waitFor(
        async () => (await take(store))[0],
        "A message must be taken after its pause",
      );
      expectEqual([again.key, again.attempts], ["a", 2], "The message taken");
    },
  ),
  define("a dead message lets those behind it go, and is listed with its error", async ({ store }) => {
    await add(store, messageOf("a", "one"));
    await add(store, messageOf("b", "one"));
    const dead = await takeOne(store);
    await store.settle(dead, { state: "dead", error: "TypeError: x" });
    expectEqual((await takeOne(store)).key, "b", "The message taken");
    const listed = await store.list({ state: "dead", limit: 10 });
    expectEqual(
      listed.map(({ id, key, error }) => ({ id, key, error })),
      [{ id: dead.id, key: "a", error: "TypeError: x" }],
      "The dead messages",
    );
  }),
  define(
    "a message whose lease has ended is taken again, and its first process can settle it no more",
    async ({ store, connect }) => {
      const other = (await connect?.()) ?? store;
      await add(store, messageOf("a", "one"));
      await add(store, messageOf("b", "one"));
      const [lost] = await store.take({ limit: 10, leaseMs: 1 });
      if (!lost) return expectEqual(lost, "a message", "What is taken");
      const again = await waitFor(
        async () => (await take(other))[0],
        "A message must be taken after its lease",
      );
      expectEqual([again.key, again.attempts], ["a", 2], "The message taken again");
      expectEqual(
        await store.settle(lost, { state: "handled" }),
        false,
        "The result of settle for a lost lease",
      );
      await store.renew([lost], { leaseMs: 1 });
      expectEqual(await take(store), [], "What is taken while the second lease lasts");
      expectEqual(
        await other.settle(again, { state: "handled" }),
        true,
        "The result of settle for the lease",
      );
      expectEqual(
        await other.settle(again, { state: "handled" }),
        false,
        "The result of settle for the second time",
      );
      expectEqual((await takeOne(store)).key, "b", "The message taken next");
    },
  ),
  define("a lease that is renewed does not end", async ({ store }) => {
    await add(store, messageOf("a"));
    const [taken] = await store.take({ limit: 1, leaseMs: 200 });
    if (!taken) return expectEqual(taken, "a message", "What is taken");
    await store.renew([taken], { leaseMs: long });
    await new Promise((resolve) => setTimeout(resolve, 250));
    expectEqual(await take(store), [], "What is taken after the first lease would have ended");
    expectEqual(await store.settle(taken, { state: "handled" }), true, "The result of settle");
  }),
  define(
    "a replayed message is handled again, behind the waiting ones of its order key",
    async ({ store }) => {
      for (const key of ["a", "b", "c"]) await add(store, messageOf(key, "one"));
      const dead = await takeOne(store);
      await store.settle(dead, { state: "dead", error: "no" });
      const active = await takeOne(store);
      expectEqual(await store.replay([dead.id, active.id, "999999"]), 1, "The number of messages replayed");
      expectEqual(await take(store), [], "What is taken while the second message is active");
      await store.settle(active, { state: "handled" });
      const third = await takeOne(store);
      await store.settle(third, { state: "handled" });
      const replayed = await takeOne(store);
      expectEqual([third.key, replayed.key, replayed.attempts], ["c", "a", 1], "The messages taken");
      await store.settle(replayed, { state: "handled" });
      await add(store, messageOf("d", "one"));
      expectEqual(await store.replay([active.id]), 1, "The number of handled messages replayed");
      const fourth = await takeOne(store);
      await store.settle(fourth, { state: "handled" });
      expectEqual([fourth.key, (await takeOne(store)).key], ["d", "b"], "The messages taken after that");
    },
  ),
  define(
    "purge deletes messages of one state that are old enough, and their keys are forgotten",
    async ({ store }) => {
      for (const key of ["a", "b", "c", "d"]) await add(store, messageOf(key));
      const taken = await take(store, 3);
      const [one, two, three] = taken as [StoredMessage, StoredMessage, StoredMessage];
      await store.settle(one, { state: "handled" });
      await store.settle(two, { state: "dead", error: "no" });
      expectEqual(
        await store.purge({ state: "handled", olderThanMs: long }),
        0,
        "The number of old messages",
      );
      expectEqual(
        await store.purge({ state: "handled", olderThanMs: 0 }),
        1,
        "The number of handled messages deleted",
      );
      expectEqual(
        await store.count(),
        { waiting: 1, active: 1, handled: 0, dead: 1 },
        "The number of messages",
      );
      expectEqual(
        await store.purge({ state: "dead", olderThanMs: 0 }),
        1,
        "The number of dead messages deleted",
      );
      expectEqual(await add(store, messageOf(one.key)), "added", "The result of add for a deleted key");
      expectEqual(await add(store, messageOf(three.key)), "known", "The result of add for an active key");
    },
  ),
  define("messages are listed page by page, in the order in which they were stored", async ({ store }) => {
    for (const key of ["e", "d", "c", "b", "a"]) await add(store, messageOf(key));
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await store.list({ limit: 2, after });
      expectTrue(page.length <= 2, "A page must not be longer than its limit.");
      if (page.length === 0 || seen.length > 10) break;
      seen.push(...page.map(({ key }) => key));
      after = page.at(-1)?.id;
    }
    expectEqual(seen, ["e", "d", "c", "b", "a"], "The keys of all pages");
    expectEqual(await store.list({ state: "dead", limit: 10 }), [], "The dead messages");
    expectEqual(
      await store.count(),
      { waiting: 5, active: 0, handled: 0, dead: 0 },
      "The number of messages",
    );
  }),
  define("what one process has stored, another can take at once", async ({ store, connect }) => {
    if (!connect) return;
    await add(store, messageOf("a"));
    expectEqual((await takeOne(await connect())).key, "a", "The message taken by the other process");
  }),
  define(
    "two processes share the work: each message is taken once, and in order",
    async ({ store, connect }) => {
      if (!connect) return;
      const workers = [store, await connect()];
      const orderKeys = ["a", "b", "c", "d"];
      const handled: string[] = [];
      for (let index = 0; index < 60; index += 1) {
        const orderKey = orderKeys[index % 4] ?? "";
        await add(store, messageOf(`${orderKey} ${String(index).padStart(3, "0")}`, orderKey));
      }
      const active = new Set<string>();
      const work = async (worker: InboxStore) => {
        for (let empty = 0; empty < 100; empty += 1) {
          for (const taken of await take(worker, 3)) {
            empty = 0;
            expectTrue(
              !active.has(taken.orderKey),
              "Two messages with one order key were taken at the same time.",
            );
            active.add(taken.orderKey);
            await new Promise((resolve) => setTimeout(resolve, 1));
            handled.push(taken.key);
            active.delete(taken.orderKey);
            await worker.settle(taken, { state: "handled" });
          }
          if (handled.length === 60) return;
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      };
      await Promise.all(workers.map(work));
      expectEqual(handled.length, 60, "The number of messages handled");
      for (const orderKey of orderKeys) {
        const keys = handled.filter((key) => key.startsWith(orderKey));
        expectEqual(keys, [...new Set(keys)].sort(), `The messages of ${orderKey}`);
      }
    },
  ),
];
