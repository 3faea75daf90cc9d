import { expectEqual, waitFor } from "../case.ts";
import { add, define, long, messageOf, take, takeOne } from "./tools.ts";

/** Cases about the leases of messages. */
export const leaseCases = [
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
    const [taken] = await store.take({ limit: 1, leaseMs: 1_000 });
    if (!taken) return expectEqual(taken, "a message", "What is taken");
    await store.renew([taken], { leaseMs: long });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expectEqual(await take(store), [], "What is taken after the first lease would have ended");
    expectEqual(await store.settle(taken, { state: "handled" }), true, "The result of settle");
  }),
];
