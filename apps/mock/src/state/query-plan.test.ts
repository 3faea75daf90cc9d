import { DatabaseSync } from "node:sqlite";
import { expect, test, vi } from "vitest";
import { createDeliveries } from "../deliveries/store.ts";
import { createClock } from "./clock.ts";
import { createStoredRegistrations } from "./registrations.ts";
import { schema } from "./schema.ts";
import { createTokens } from "./tokens.ts";

/** Statements that are about everything there is, so that reading everything is right. */
const aboutEverything = [
  "SELECT * FROM registrations ORDER BY name, account",
  "DELETE FROM registrations",
  "DELETE FROM access_tokens",
  "DELETE FROM sessions",
  "DELETE FROM failed_logins",
  "DELETE FROM deliveries",
  "SELECT token, key, expires_at AS expiresAt FROM access_tokens ORDER BY rowid",
  "SELECT token, username, used_at AS usedAt FROM sessions ORDER BY rowid",
  "SELECT username, count FROM failed_logins ORDER BY rowid",
  "SELECT * FROM deliveries ORDER BY id",
  "SELECT * FROM deliveries ORDER BY id DESC LIMIT ? OFFSET ?",
  "SELECT count(*) AS total FROM deliveries",
];

const statements = statementsOfTheStore();

test("Every statement of the store is found", () => {
  expect(statements.length).toBeGreaterThan(30);
  expect(statements).toEqual(expect.arrayContaining(aboutEverything));
});

test.each(statements.filter((sql) => !aboutEverything.includes(sql)))("An index is used for: %s", (sql) => {
  const plan = planOf(sql).join("\n");
  expect(plan).not.toMatch(/\bSCAN (?!CONSTANT ROW)/);
  expect(plan).not.toContain("TEMP B-TREE");
});

test.each(aboutEverything)("Nothing is sorted for: %s", (sql) => {
  expect(planOf(sql).join("\n")).not.toContain("TEMP B-TREE");
});

/** Everything that the parts of the store prepare, on one line each. */
function statementsOfTheStore(): string[] {
  const database = new DatabaseSync(":memory:");
  database.exec(schema);
  const prepare = vi.spyOn(database, "prepare");
  createStoredRegistrations(database);
  createTokens(database, createClock());
  const deliveries = createDeliveries(database);
  for (const filter of [
    {},
    { status: "failed" },
    { account: "1" },
    { status: "failed", account: "1" },
  ] as const) {
    deliveries.list({ ...filter, limit: 1, offset: 0 });
    deliveries.list({ ...filter, cursor: 9, limit: 1, offset: 0 });
  }
  return [...new Set(prepare.mock.calls.map(([sql]) => sql.replace(/\s+/g, " ").trim()))];
}

function planOf(sql: string): string[] {
  const database = new DatabaseSync(":memory:");
  database.exec(schema);
  const values = sql.match(/\?/g)?.map(() => 1) ?? [];
  return database
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...values)
    .map((row) => String(row["detail"]));
}
