import { once } from "node:events";
import { text } from "node:stream/consumers";
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

test.each([
  { id: "2-1", received: ["2-2"] },
  { id: "0", received: ["2-1", "2-2"] },
  // Of the process before, or of the instance that was active before.
  { id: "1-1", received: ["2-0 reset", "2-1", "2-2"] },
  { id: "1-1000000", received: ["2-0 reset", "2-1", "2-2"] },
  // As ids were in earlier versions.
  { id: "1", received: ["2-0 reset", "2-1", "2-2"] },
  // Not sent yet.
  { id: "2-3", received: ["2-0 reset", "2-1", "2-2"] },
])("A reader that has seen $id receives $received", async ({ id, received }) => {
  const events = createEvents();
  const stream = createEventStream(events, () => ({}), 2);
  events.add("fault", {});
  events.add("fault", {});
  const reader = stream.open(id);
  events.close();
  const sent = await text(reader);
  const found = [...sent.matchAll(/^id: (\S+)\nevent: (\w+)$/gm)];
  expect(found.map(([, id, kind]) => (kind === "reset" ? `${id} reset` : id))).toEqual(received);
});
