import { expect, test } from "vitest";
import { openDatabase } from "../state/database.ts";
import { inTransaction } from "../state/transaction.ts";
import { createDeliveries, type Deliveries } from "./store.ts";

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

test("Opening a store deletes the finished deliveries that exceed the limit", async () => {
  const database = openDatabase();
  const before = createDeliveries(database);
  const ids = before.accept([accepted, accepted, accepted]);
  await Promise.all(ids.map((id) => before.record(id, { status: "delivered", attempts: [], dueAt: 0 })));
  const after = createDeliveries(database, { keepFinished: 1 });
  expect(after.list(everything).deliveries.map(({ id }) => id)).toEqual([3]);
});

test.each([
  { what: "forgets", change: (deliveries: Deliveries) => deliveries.clear() },
  { what: "loads", change: (deliveries: Deliveries) => deliveries.load([]) },
])(
  "The limit of finished deliveries holds after a transaction that $what deliveries and is rolled back",
  ({ change }) => {
    const database = openDatabase();
    const deliveries = createDeliveries(database, { keepFinished: 2 });
    const finish = (ids: number[]) => {
      for (const id of ids) deliveries.record(id, { status: "delivered", attempts: [], dueAt: 0 });
    };
    finish(deliveries.accept([accepted, accepted]));
    deliveries.flush();
    const fail = () =>
      inTransaction(database, () => {
        change(deliveries);
        throw new Error("disk full");
      });
    expect(fail).toThrow("disk full");
    finish(deliveries.accept([accepted]));
    expect(deliveries.list(everything).deliveries.map(({ id }) => id)).toEqual([3, 2]);
  },
);

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

test("Outcomes of five milliseconds are stored in one transaction, and a list shows them before", async () => {
  const database = openDatabase();
  const deliveries = createDeliveries(database);
  const ids = deliveries.accept([accepted, accepted, accepted]);
  const countPending = () => Number(database.prepare(pending).get()?.["count"]);
  const stored = ids.map((id) => deliveries.record(id, { status: "delivered", attempts: [], dueAt: 0 }));
  expect(new Set(stored).size).toBe(1);
  expect(countPending()).toBe(3);
  expect(deliveries.list({ ...everything, status: "delivered" }).total).toBe(3);
  expect(countPending()).toBe(0);
  await Promise.all(stored);
});

const pending = "SELECT count(*) AS count FROM deliveries WHERE status = 'pending'";

test("An outcome does not reach a delivery that was loaded with the same id", async () => {
  const deliveries = createDeliveries(openDatabase());
  const [id = 0] = deliveries.accept([accepted]);
  const saved = deliveries.all();
  const stored = deliveries.record(id, { status: "failed", attempts: [], dueAt: 0 });
  deliveries.load(saved);
  await stored;
  expect(deliveries.get(id)?.status).toBe("pending");
});

test("An outcome that cannot be stored is an error for those who wait, and not for later ones", async () => {
  const database = openDatabase();
  const deliveries = createDeliveries(database);
  const [first = 0, second = 0] = deliveries.accept([accepted, accepted]);
  database.exec(
    `CREATE TRIGGER broken BEFORE UPDATE ON deliveries WHEN NEW.id = ${first} BEGIN SELECT RAISE(ABORT, 'full'); END`,
  );
  await expect(deliveries.record(first, { status: "failed", attempts: [], dueAt: 0 })).rejects.toThrow(
    "full",
  );
  await deliveries.record(second, { status: "failed", attempts: [], dueAt: 0 });
  expect(deliveries.list({ ...everything, status: "failed" }).deliveries.map(({ id }) => id)).toEqual([
    second,
  ]);
});

test("Ten deliveries are read at once, and fewer when their messages are large", () => {
  const deliveries = createDeliveries(openDatabase());
  const large = { ...accepted, message: JSON.stringify("x".repeat(20_000)) };
  deliveries.accept([...Array(12).fill(accepted), large, large, large]);
  const read = (after?: number) => deliveries.nextTen("a", after).map(({ id }) => id);
  expect(read()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(read(10)).toEqual([11, 12, 13, 14]);
  expect(read(14)).toEqual([15]);
  expect(read(15)).toEqual([]);
});
