import { expect, test } from "vitest";
import { createEvents } from "./events.ts";

test("A listener is called soon after the process was busy with something else", async () => {
  const events = createEvents();
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
