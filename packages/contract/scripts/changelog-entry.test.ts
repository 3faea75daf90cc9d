import { expect, test } from "vitest";
import { summarizeChanges } from "./changelog-entry.ts";
import type { RatedChange } from "./compare.ts";

const added: RatedChange = {
  path: "#/paths/~1callbacks~1{account}/get",
  typeName: "Operation",
  kind: "added",
  impact: "minor",
  verdicts: [],
};

test.each([
  { title: "An added operation", change: {}, place: "GET /callbacks/{account}", says: "Added." },
  {
    title: "An added parameter",
    change: { path: `${added.path}/parameters/3`, revision: { value: { name: "limit", in: "query" } } },
    place: "GET /callbacks/{account}",
    says: "Added: `parameters / limit`.",
  },
  {
    title: "A rule's sentence",
    change: { path: "#/webhooks/fotaMessage/post", verdicts: [{ message: "`a` was removed." }] },
    place: "message fotaMessage",
    says: "`a` was removed.",
  },
])("$title becomes an entry of the changelog", ({ change, place, says }) => {
  const { changes } = summarizeChanges([{ ...added, ...change }]);
  expect(changes).toEqual([{ place, breaking: false, says }]);
});

test("Texts, examples and keywords of this project are counted only", () => {
  const summary = summarizeChanges([
    { ...added, impact: "patch" },
    { ...added, typeName: "Example" },
    { ...added, path: `${added.path}/x-senders` },
    { ...added, path: "#/info/contact" },
  ]);
  expect(summary).toEqual({ breaking: false, changes: [], texts: 4 });
});

test("A change that is reported for each use of a schema is listed once, and a breaking one is marked", () => {
  const broken: RatedChange = { ...added, impact: "major", verdicts: [{ message: "Gone." }] };
  const { breaking, changes } = summarizeChanges([broken, { ...broken, path: `${added.path}/responses` }]);
  expect(breaking).toBe(true);
  expect(changes).toEqual([{ place: "GET /callbacks/{account}", breaking: true, says: "Gone." }]);
});
