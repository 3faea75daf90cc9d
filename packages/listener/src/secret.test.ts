import { afterEach, expect, test, vi } from "vitest";
import { isOneOf } from "./secret.ts";

const secret = "correct horse battery staple";

test.each([
  [secret, true],
  ["", false],
  [secret.slice(1), false],
  [secret.slice(0, -1), false],
  [`${secret} `, false],
  [secret.toUpperCase(), false],
  [`${secret.slice(0, -1)}f`, false],
  [`d${secret.slice(1)}`, false],
  [`${secret}\0`, false],
  [undefined, false],
  [null, false],
  [0, false],
  [[secret], false],
  [{ toString: () => secret }, false],
])("compared with the secret, %j gives %s", (sent, expected) => {
  expect(isOneOf([secret], sent)).toBe(expected);
  expect(isOneOf(["another secret", secret, "a third one"], sent)).toBe(expected);
});

test("no value equals one of no secrets", () => {
  expect(isOneOf([], "")).toBe(false);
});

afterEach(() => vi.restoreAllMocks());

test("the number of compared letters does not depend on what was sent, nor on which secret matches", () => {
  const secrets = [secret, "the previous secret"];
  const looked = vi.spyOn(String.prototype, "charCodeAt");
  const sent = [...secrets, "", "c", "x".repeat(secret.length), "x".repeat(10_000), undefined, 5];
  const counts = sent.map((value) => {
    looked.mockClear();
    isOneOf(secrets, value);
    return looked.mock.calls.length;
  });
  expect(new Set(counts)).toEqual(new Set([2 * secrets.join("").length]));
});
