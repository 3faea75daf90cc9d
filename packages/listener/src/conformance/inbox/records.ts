import type { StoredMessage } from "../../inbox/store.ts";
import { expectEqual, expectTrue } from "../case.ts";
import { add, define, long, messageOf, take, takeOne } from "./tools.ts";

/** Cases about what becomes of messages that are done. */
export const recordCases = [
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
];
