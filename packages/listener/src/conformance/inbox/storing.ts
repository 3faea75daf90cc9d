import { expectEqual, expectTrue, waitFor } from "../case.ts";
import { add, addAndTake, define, long, messageOf, take, takeOne } from "./tools.ts";

/** Cases about storing messages and recognizing their repeats. */
export const storingCases = [
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
  define("a message that is taken as it is stored is like any other that is taken", async ({ store }) => {
    const taken = (await addAndTake(store, messageOf("a", "one"))) ?? (await takeOne(store));
    const { key, orderKey, body, state, attempts } = taken;
    const expected = { ...messageOf("a", "one"), state: "active", attempts: 1 };
    expectEqual({ key, orderKey, body, state, attempts }, expected, "The message taken");
    expectEqual(await take(store), [], "What is taken next");
    expectEqual(await add(store, messageOf("a", "one")), "known", "The result of add for its key");
    expectEqual(await store.settle(taken, { state: "handled" }), true, "The result of settle");
  }),
  define(
    "a message is not taken as it is stored when another one of its order key is waiting or active",
    async ({ store, connect }) => {
      const other = (await connect?.()) ?? store;
      await add(store, messageOf("a", "one"));
      expectEqual(
        await addAndTake(other, messageOf("b", "one")),
        undefined,
        "What is taken behind a waiting one",
      );
      const first = await takeOne(store);
      expectEqual(
        await addAndTake(other, messageOf("c", "one")),
        undefined,
        "What is taken behind an active one",
      );
      await store.settle(first, { state: "retry", pauseMs: long, error: "no" });
      expectEqual(await addAndTake(other, messageOf("d", "one")), undefined, "What is taken during a pause");
    },
  ),
  define(
    "of many messages of one order key that are stored at the same time at most one is taken",
    async ({ store, connect }) => {
      const other = (await connect?.()) ?? store;
      const keys = Array.from({ length: 30 }, (_, index) => `key ${String(index).padStart(2, "0")}`);
      const calls = keys.map((key, index) => addAndTake(index % 2 ? store : other, messageOf(key, "one")));
      const atOnce = (await Promise.all(calls)).filter((taken) => taken !== undefined);
      expectTrue(atOnce.length <= 1, "Two messages with one order key were taken at the same time.");
      const seen: string[] = [];
      for (let taken = atOnce[0] ?? (await takeOne(store)); ; taken = await takeOne(store)) {
        seen.push(taken.key);
        await store.settle(taken, { state: "handled" });
        if (seen.length === keys.length) break;
      }
      expectEqual(seen.sort(), keys, "The keys of all messages taken");
    },
  ),
];
