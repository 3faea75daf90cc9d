import { expect, test } from "vitest";
import { createJournal } from "../journal/journal.ts";
import { keepJournal } from "./keep-journal.ts";
import type { KeepPart } from "./parts.ts";

const all = { limit: 1_000, offset: 0 };
const entry = (index: number) => ({
  at: index,
  direction: "in" as const,
  method: "GET",
  url: `/${index}`,
  headers: { authorization: "Bearer secret" },
  durationMs: 0,
});

/** Keeps rows as JSON text, as a store does. */
function createRows() {
  const rows = new Map<number, string>();
  const keep: KeepPart = ({ read, load }) => {
    load(
      [...rows].sort(([a], [b]) => a - b).map(([number, text]) => ({ number, content: JSON.parse(text) })),
    );
    return (number) => {
      const text = JSON.stringify(read(number));
      if (text === undefined) rows.delete(number);
      else rows.set(number, text);
    };
  };
  return { rows, keep };
}

test("A journal that is kept is the same when it is loaded, and its rows stay few and without secrets", () => {
  const { rows, keep } = createRows();
  const journal = createJournal();
  const kept = keepJournal(journal, keep);
  for (let index = 0; index < 2_345; index += 1) {
    journal.add(entry(index));
    if (index % 70 === 0) kept.flush();
  }
  kept.flush();
  expect(rows.size).toBeLessThanOrEqual(11);
  expect([...rows.values()].join()).not.toContain("secret");

  const loaded = createJournal();
  const keptAgain = keepJournal(loaded, keep);
  expect(loaded.list(all)).toEqual(journal.list(all));
  loaded.add(entry(2_345));
  keptAgain.flush();
  const third = createJournal();
  keepJournal(third, keep);
  expect(third.get(2_346)?.url).toBe("/2345");
  expect(third.list(all).total).toBe(1_000);
});

test("Entries that were forgotten are not kept", () => {
  const { rows, keep } = createRows();
  const journal = createJournal();
  const kept = keepJournal(journal, keep);
  for (let index = 0; index < 250; index += 1) journal.add(entry(index));
  kept.flush();
  journal.clear();
  kept.noteCleared();
  expect(rows.size).toBe(0);
  journal.add(entry(250));
  kept.flush();
  const loaded = createJournal();
  keepJournal(loaded, keep);
  expect(loaded.list(all).requests.map(({ id }) => id)).toEqual([251]);
});
