import { expectEqual, expectTrue, waitFor } from "../case.ts";
import { add, define, long, messageOf, take, takeOne } from "./tools.ts";

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
];
