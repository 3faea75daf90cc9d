import { expect, test } from "vitest";
import { createJournal } from "./journal.ts";

const all = { limit: 1_000, offset: 0 };
const entry = (index: number, bodyLength: number) => ({
  at: index,
  direction: "in" as const,
  method: "POST",
  url: `/${index}`,
  headers: { "x-length": "é".repeat(bodyLength) },
  body: "ü".repeat(bodyLength),
  durationMs: 0,
});

test("The journal keeps the newest thousand entries, complete and in order", () => {
  const journal = createJournal();
  for (let index = 0; index < 3_000; index++) {
    journal.add(entry(index, index % 50));
    if (index % 500 === 0) journal.list(all);
  }
  const { requests, total } = journal.list(all);
  expect(total).toBe(1_000);
  expect(requests).toHaveLength(1_000);
  requests.forEach(({ id, at, ...rest }, age) => {
    expect(id).toBe(3_000 - age);
    expect(journal.get(id)?.url).toBe(rest.url);
    const { at: time, ...kept } = entry(2_999 - age, (2_999 - age) % 50);
    expect(at).toBe(new Date(time).toISOString());
    expect(rest).toEqual(kept);
  });
  expect(journal.get(2_000)).toBeUndefined();
  expect(journal.get(3_001)).toBeUndefined();
});

test("Pages go back in time, and a cleared journal is empty", () => {
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
