import type { SeenStore } from "../seen.ts";
import { type CaseTools, type ConformanceCase, createCase, expectEqual } from "./case.ts";

const define = (title: string, body: (tools: CaseTools<SeenStore>) => Promise<void>) =>
  createCase(title, body);

const claim = async (store: SeenStore, key: string, expected: string, subject: string) =>
  expectEqual(await store.claim(key), expected, `The result of claim ${subject}`);

/** The cases that every seen store must pass. They do not test that claims expire, which depends on the store's own options. */
export const seenStoreCases: readonly ConformanceCase<SeenStore>[] = [
  define("a key is claimed once, and pending for all others", async ({ store, connect }) => {
    await claim(store, "v1:a", "claimed", "for a new key");
    await claim(store, "v1:a", "pending", "for a claimed key");
    await claim(store, "v1:b", "claimed", "for another key");
    const other = await connect?.();
    if (other) await claim(other, "v1:a", "pending", "in another process");
  }),
  define("a key that was committed is handled", async ({ store, connect }) => {
    await store.claim("v1:a");
    await store.commit("v1:a");
    await claim(store, "v1:a", "handled", "for a committed key");
    await claim(store, "v1:a", "handled", "for a committed key, once more");
    const other = await connect?.();
    if (other) await claim(other, "v1:a", "handled", "in another process");
  }),
  define("a key that was released can be claimed again", async ({ store }) => {
    await store.claim("v1:a");
    await store.release("v1:a");
    await claim(store, "v1:a", "claimed", "for a released key");
    await store.commit("v1:a");
    await claim(store, "v1:a", "handled", "for a key that was released and then committed");
  }),
  define("of many claims of one key at the same time one gets it", async ({ store, connect }) => {
    const other = (await connect?.()) ?? store;
    const claims = Array.from({ length: 30 }, async (_, index) => (index % 2 ? store : other).claim("v1:a"));
    const results = await Promise.all(claims);
    expectEqual(
      results.filter((result) => result === "claimed").length,
      1,
      "The number of calls that got claimed",
    );
    expectEqual(
      results.filter((result) => result === "pending").length,
      29,
      "The number of calls that got pending",
    );
  }),
  define("a key of 100 characters is not cut", async ({ store }) => {
    const start = `v1:${"a".repeat(96)}`;
    await store.claim(`${start}1`);
    await claim(store, `${start}2`, "claimed", "for a key that differs in its last character");
  }),
];
