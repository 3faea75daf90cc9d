import { expect, test } from "vitest";
import type { Control } from "../src/control/control.ts";
import { type Delivery, waitForDeliveries } from "../src/trigger/deliveries.ts";

/** A mock that has accepted deliveries 1 to `count`, of which the last one is delivered after so many waits. */
function createCounted(count: number, waits: number) {
  const queries: Record<string, string>[] = [];
  const control = async ({ query = {} }: { query?: Record<string, string> }) => {
    queries.push(query);
    if (query["wait"] !== undefined) return { deliveries: [], total: 0 };
    const { after, cursor, limit } = query;
    const newest = Math.min(count, Number(cursor) - 1);
    const length = Math.min(Number(limit), newest - Number(after));
    const waited = queries.filter(({ wait }) => wait !== undefined).length;
    const deliveries = Array.from({ length }, (_, index) => ({
      id: newest - index,
      status: newest - index === count && waited < waits ? "pending" : "delivered",
    }));
    const oldest = newest - length + 1;
    const hasMore = oldest > Number(after) + 1;
    return { deliveries, total: count, ...(hasMore && { nextCursor: oldest }) };
  };
  return { control: control as unknown as Control, queries };
}

const createIds = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test("As many deliveries as trigger --repeat can send are read, in order and none twice", async () => {
  const count = 200_000;
  const { control, queries } = createCounted(count, 0);
  const { deliveries, missing } = await waitForDeliveries(control, createIds(count), 0);
  expect(missing).toEqual([]);
  expect(deliveries.map(({ id }: Delivery) => id)).toEqual(createIds(count));
  expect(queries).toHaveLength(1 + count / 1000);
});

test("The mock waits for the last delivery, and the others are read once it has ended", async () => {
  const { control, queries } = createCounted(2500, 2);
  await waitForDeliveries(control, createIds(2500), 60_000);
  expect(queries.map(({ limit, wait }) => (wait === undefined ? limit : "wait"))).toEqual([
    ...["1", "wait", "1", "wait", "1"],
    ...["1000", "1000", "1000"],
  ]);
});
