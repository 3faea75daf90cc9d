import { expectEqual, waitFor } from "../case.ts";
import { add, define, keysOf, long, messageOf, take, takeOne } from "./tools.ts";

/** Cases about the order in which messages are taken. */
export const orderCases = [
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
  define(
    "a message that is released is taken again at once, and its attempt does not count",
    async ({ store }) => {
      await add(store, messageOf("a", "one"));
      await add(store, messageOf("b", "one"));
      const released = await takeOne(store);
      expectEqual(
        await store.settle(released, { state: "released", error: "Error: stopped" }),
        true,
        "The result of settle",
      );
      const [waiting] = await store.list({ limit: 1 });
      expectEqual(
        [waiting?.state, waiting?.attempts, waiting?.error],
        ["waiting", 0, "Error: stopped"],
        "The message",
      );
      const again = await takeOne(store);
      expectEqual([again.key, again.attempts], ["a", 1], "The message taken");
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
];
