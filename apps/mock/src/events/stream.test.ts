import { once } from "node:events";
import { expect, test } from "vitest";
import { createEvents } from "./events.ts";
import { createEventStream } from "./stream.ts";

const create = () => {
  const events = createEvents();
  return { events, stream: createEventStream(events, ({ detail }) => detail as object) };
};

test("A reader that does not read is disconnected, and the others are not", async () => {
  const { events, stream } = create();
  const slow = stream.open(undefined);
  const quick = stream.open(undefined);
  let bytes = 0;
  quick.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  for (let count = 0; count < 300; count += 1) events.add("fault", { text: "x".repeat(10_000) });
  await once(slow, "close");
  expect(stream.countReaders()).toBe(1);
  while (bytes < 3_000_000) await once(quick, "data");
  events.close();
  await once(quick, "end");
});

test("A reader that disconnects leaves no listener", async () => {
  const { events, stream } = create();
  const reader = stream.open(undefined);
  reader.destroy();
  await once(reader, "close");
  expect(stream.countReaders()).toBe(0);
  events.add("reset", {});
});

test("An id from before a restart is ignored, so that all kept events are sent", async () => {
  const { events, stream } = create();
  events.add("reset", { first: true });
  const reader = stream.open(1_000_000);
  await once(reader, "data");
  const [chunk] = await once(reader, "data");
  expect(String(chunk)).toContain('data: {"first":true}');
  reader.destroy();
});
