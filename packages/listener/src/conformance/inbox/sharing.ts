import type { InboxStore } from "../../inbox/store.ts";
import { expectEqual, expectTrue } from "../case.ts";
import { add, define, messageOf, take, takeOne } from "./tools.ts";

/** Cases about several processes with one store. */
export const sharingCases = [
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
