import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMemorySeenStore } from "./seen.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

test("a key of a memory store is claimed once, until it is released", () => {
  const store = createMemorySeenStore();
  expect([store.claim("a"), store.claim("a"), store.claim("b")]).toEqual(["claimed", "pending", "claimed"]);
  store.release("a");
  expect(store.claim("a")).toBe("claimed");
  store.commit("a");
  expect(store.claim("a")).toBe("handled");
});

test("a memory store forgets a key maxAgeMs after it was claimed or committed", () => {
  const store = createMemorySeenStore({ maxAgeMs: 1_000 });
  store.claim("a");
  store.claim("dead");
  vi.advanceTimersByTime(999);
  store.commit("a");
  vi.advanceTimersByTime(999);
  expect(store.claim("a")).toBe("handled");
  expect(store.claim("dead")).toBe("claimed");
  vi.advanceTimersByTime(1);
  expect(store.claim("a")).toBe("claimed");
});

test("a full memory store forgets its oldest key", () => {
  const store = createMemorySeenStore({ maxEntries: 2 });
  for (const key of ["a", "b", "c"]) {
    store.claim(key);
    store.commit(key);
  }
  expect([store.claim("b"), store.claim("c"), store.claim("a")]).toEqual(["handled", "handled", "claimed"]);
});

test("an option that the memory store does not have is refused by name", () => {
  // @ts-expect-error there is no such option
  expect(() => createMemorySeenStore({ maxAge: 5 })).toThrow(
    expect.objectContaining({ code: "UNKNOWN_OPTION", option: "maxAge" }),
  );
});
