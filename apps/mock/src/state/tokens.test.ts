import { expect, test } from "vitest";
import { createClock } from "./clock.ts";
import { openDatabase } from "./database.ts";
import { createTokens } from "./tokens.ts";

function createSetup() {
  const database = openDatabase();
  const clock = createClock();
  const count = (table: string) =>
    Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"]);
  return { tokens: createTokens(database, clock), clock, count };
}

test("Failed logins are remembered for the newest 10,000 user names", () => {
  const { tokens, count } = createSetup();
  for (let index = 0; index < 10_050; index++) tokens.countFailedLogin(`user${index}`);
  expect(count("failed_logins")).toBe(10_000);
});

test("An access token that has expired is deleted when another key requests one", () => {
  const { tokens, clock, count } = createSetup();
  tokens.issue("a");
  clock.advance(3_600_000);
  tokens.issue("b");
  expect(count("access_tokens")).toBe(1);
});

test("A session that is used every half second stays valid, and expires 20 minutes after its last use", () => {
  const { tokens, clock } = createSetup();
  const session = tokens.startSession("u");
  for (let count = 0; count < 5_000; count++) {
    clock.advance(500);
    expect(tokens.useSession(session)).toBe("u");
  }
  clock.advance(20 * 60_000 - 1_100);
  expect(tokens.useSession(session)).toBe("u");
  clock.advance(20 * 60_000);
  expect(tokens.useSession(session)).toBeUndefined();
});
