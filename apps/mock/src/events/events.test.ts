import { expect, test } from "vitest";
import { createEvents } from "./events.ts";
import { waitUntil } from "./wait.ts";

test("A listener is called soon after the process was busy with something else", async () => {
  const events = createEvents(() => {});
  const called: number[] = [];
  let onCall = () => {};
  const nextCall = () =>
    new Promise<void>((resolve) => {
      onCall = resolve;
    });
  events.subscribe(() => {
    called.push(performance.now());
    onCall();
    return false;
  });
  const first = nextCall();
  events.add("reset", {});
  await first;
  const busyUntil = performance.now() + 200;
  while (performance.now() < busyUntil);
  const second = nextCall();
  events.add("reset", {});
  await second;
  const [from = 0, to = 0] = called;
  // 50 times as long as it was busy would be 10 s.
  expect(to - from).toBeLessThan(5_000);
});

test("What a listener throws is reported, and the other listeners are called", async () => {
  const errors: unknown[] = [];
  const events = createEvents((error) => errors.push(error));
  events.subscribe(() => {
    throw new RangeError();
  });
  const called = new Promise<void>((resolve) => {
    events.subscribe(() => {
      resolve();
      return false;
    });
  });
  events.add("reset", {});
  await called;
  expect(errors).toEqual([new RangeError()]);
});

test("A listener is not called after the events are closed", () => {
  const events = createEvents(() => {});
  let calls = 0;
  events.subscribe(() => {
    calls += 1;
    return true;
  });
  events.close();
  events.close();
  expect(calls).toBe(1);
});

test("A wait whose condition cannot be looked up ends with the error", async () => {
  const events = createEvents(() => {});
  let isStoreOpen = true;
  const isThere = () => {
    if (!isStoreOpen) throw new RangeError();
    return false;
  };
  const waiting = waitUntil(isThere, { events, kind: "delivery", forMs: 60_000 });
  isStoreOpen = false;
  events.add("delivery", 1);
  await expect(waiting).rejects.toThrow(RangeError);
});

test("A wait that begins after the events are closed ends at once", () => {
  const events = createEvents(() => {});
  events.close();
  expect(waitUntil(() => false, { events, kind: "delivery", forMs: 60_000 })).toBeUndefined();
});
