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

test("A frozen clock that another process loads shows the same time, and stood still all the time", () => {
  let time = 1_000_000;
  vi.spyOn(Date, "now").mockImplementation(() => time);
  const clock = createClock();
  clock.set({ now: 5_000_000, isFrozen: true });
  time += 60_000;
  const other = createClock();
  other.load(JSON.parse(JSON.stringify(clock.save())));
  expect(other.now()).toBe(5_000_000);
  expect(other.ticks()).toBe(1_000_000);
  expect(other.set({ isFrozen: false })).toEqual({ movedMs: 0, stoodStillMs: 60_000 });
  time += 1;
  const third = createClock();
  third.load(other.save());
  expect(third.now()).toBe(5_000_001);
});
