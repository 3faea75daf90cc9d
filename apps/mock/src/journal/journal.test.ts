import { expect, test } from "vitest";
import { createJournal } from "./journal.ts";

const all = { limit: 1_000, offset: 0 };
const entry = (index: number, bodyLength: number) => ({
  at: index,
  direction: "in" as const,
  method: "POST",
  url: `/${index}`,
  headers: { "x-length": "é".repeat(bodyLength) },
  body: "ü".repeat(bodyLength % 2_000),
  durationMs: 0,
});

test.each([
  ["small", () => 10, 1_000],
  ["large", () => 6_000, undefined],
  ["mixed", (index: number) => (index * 7_919) % 9_000, undefined],
])("Of many %s entries the newest are kept, whole and in order", (_size, lengthOf, expected) => {
  const journal = createJournal();
  for (let index = 0; index < 3_000; index++) {
    journal.add(entry(index, lengthOf(index)));
    if (index % 500 === 0) journal.list(all);
  }
  const { requests, total } = journal.list(all);
  expect(total).toBe(requests.length);
  expect(total).toBeGreaterThan(200);
  if (expected) expect(total).toBe(expected);
  requests.forEach(({ id, at, ...rest }, age) => {
    expect(id).toBe(3_000 - age);
    const { at: time, ...kept } = entry(2_999 - age, lengthOf(2_999 - age));
    expect(at).toBe(new Date(time).toISOString());
    expect(rest).toEqual(kept);
  });
});

test("Pages go back in time, and nothing is left after clearing", () => {
  const journal = createJournal();
  for (let index = 0; index < 5; index++) journal.add(entry(index, 1));
  const page = (limit: number, offset: number) =>
    journal.list({ limit, offset }).requests.map(({ url }) => url);
  expect(page(2, 0)).toEqual(["/4", "/3"]);
  expect(page(2, 4)).toEqual(["/0"]);
  expect(page(2, 9)).toEqual([]);
  journal.clear();
  expect(journal.list(all)).toEqual({ requests: [], total: 0 });
  journal.add(entry(7, 1));
  expect(page(2, 0)).toEqual(["/7"]);
});
