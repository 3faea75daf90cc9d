import { expect, test } from "vitest";
import { openDatabase } from "../state/database.ts";
import { createDeliveries } from "./store.ts";

const message = { api: "v1", account: "a", url: "http://127.0.0.1/", type: "t", message: "{}" };
const accepted = { ...message, acceptedAt: 0, dueAt: 0 };
const everything = { limit: 1_000, offset: 0 };

test("The store keeps the newest finished deliveries and all pending ones", () => {
  const deliveries = createDeliveries(openDatabase(), { keepFinished: 3 });
  const ids = deliveries.accept(Array.from({ length: 8 }, () => accepted));
  // The first stays pending, though it is the oldest.
  for (const id of ids.slice(1)) {
    const status = id % 2 === 0 ? "delivered" : "failed";
    deliveries.record(id, { status, attempts: [], dueAt: 0 });
  }
  const kept = deliveries.list(everything);
  expect(kept.total).toBe(4);
  expect(kept.deliveries.map(({ id }) => id)).toEqual([8, 7, 6, 1]);
});

test("Opening a store deletes the finished deliveries that exceed the limit", () => {
  const database = openDatabase();
  const before = createDeliveries(database);
  for (const id of before.accept([accepted, accepted, accepted])) {
    before.record(id, { status: "delivered", attempts: [], dueAt: 0 });
  }
  const after = createDeliveries(database, { keepFinished: 1 });
  expect(after.list(everything).deliveries.map(({ id }) => id)).toEqual([3]);
});

test("A list counts and pages by account, by status and by both", () => {
  const deliveries = createDeliveries(openDatabase());
  const ids = deliveries.accept(["a", "b", "a", "b"].map((account) => ({ ...accepted, account })));
  for (const id of ids.slice(0, 2)) deliveries.record(id, { status: "failed", attempts: [], dueAt: 0 });
  const list = (filter: object) => {
    const { total, deliveries: page } = deliveries.list({ ...everything, ...filter });
    return { total, ids: page.map(({ id }) => id) };
  };
  expect(list({})).toEqual({ total: 4, ids: [4, 3, 2, 1] });
  expect(list({ account: "a" })).toEqual({ total: 2, ids: [3, 1] });
  expect(list({ status: "failed" })).toEqual({ total: 2, ids: [2, 1] });
  expect(list({ status: "pending", account: "b" })).toEqual({ total: 1, ids: [4] });
  expect(list({ status: "delivered" })).toEqual({ total: 0, ids: [] });
});
