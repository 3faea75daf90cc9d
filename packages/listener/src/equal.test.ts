import { afterEach, expect, test, vi } from "vitest";
import { isSecret } from "./equal.ts";

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
])("%j: %s", (sent, expected) => {
  expect(isSecret(secret, sent)).toBe(expected);
});

afterEach(() => vi.restoreAllMocks());

test("the letters looked at are the same number, whatever was sent", () => {
  const looked = vi.spyOn(String.prototype, "charCodeAt");
  const counts = [secret, "", "c", "x".repeat(secret.length), "x".repeat(10_000), undefined, 5].map(
    (sent) => {
      looked.mockClear();
      isSecret(secret, sent);
      return looked.mock.calls.length;
    },
  );
  expect(new Set(counts)).toEqual(new Set([2 * secret.length]));
});
