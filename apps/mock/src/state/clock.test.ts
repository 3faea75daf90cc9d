import { afterEach, expect, test, vi } from "vitest";
import { createClock } from "./clock.ts";

afterEach(() => void vi.restoreAllMocks());

test("A clock is ahead by exactly the time that it was advanced, although time passes in the meantime", () => {
  let time = 1_000_000;
  vi.spyOn(Date, "now").mockImplementation(() => time++);
  const clock = createClock();
  for (let count = 0; count < 10; count++) clock.advance(3_600_000);
  expect(clock.aheadMs()).toBe(36_000_000);
  clock.set({ isFrozen: false });
  expect(clock.aheadMs()).toBe(36_000_000);
});
