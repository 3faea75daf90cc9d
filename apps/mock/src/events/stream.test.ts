import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test, vi } from "vitest";
import { createEvents, type SpaceEvent } from "./events.ts";
import { createEventStream } from "./stream.ts";

const create = () => {
  const errors: unknown[] = [];
  const onError = (error: unknown) => {
    errors.push(error);
  };
  const events = createEvents(onError);
  const store = { isOpen: true };
  const describe = ({ detail }: SpaceEvent) => {
    if (!store.isOpen) throw new Error("database is not open");
    return detail as object;
  };
  return { events, store, errors, stream: createEventStream(events, { describe, onError }) };
};

/** Returns the data of the events of one kind in the text of a stream. */
const findData = (sent: string, kind: string) =>
  [...sent.matchAll(/^event: (\w+)\ndata: (.*)$/gm)]
    .filter(([, found]) => found === kind)
    .map(([, , data = ""]) => JSON.parse(data));

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

test("A reader gets every event before the stream ends, also those that were added just before", async () => {
  const { events, stream } = create();
  for (let count = 0; count < 1_000; count += 1) events.add("fault", { count });
  const reader = stream.open("0");
  events.close();
  const received = findData(await text(reader), "fault");
  expect(received).toHaveLength(1_000);
  expect(received.at(-1)).toEqual({ count: 999 });
});

test("A reader with too much to read is told at the end how many events it does not get", async () => {
  const { events, stream } = create();
  for (let count = 0; count < 1_000; count += 1) events.add("fault", { text: "x".repeat(10_000) });
  const reader = stream.open("0");
  events.close();
  const sent = await text(reader);
  expect(sent.length).toBeLessThan(3_000_000);
  const received = findData(sent, "fault").length;
  expect(findData(sent, "skipped")).toEqual([{ count: 1_000 - received }]);
});

test("Nothing is described after the end, also when a reader has not read yet", async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { events, store, errors, stream } = create();
  for (let count = 0; count < 101; count += 1) events.add("fault", {});
  const reader = stream.open("0");
  events.close();
  store.isOpen = false;
  events.add("fault", {});
  const late = stream.open("0");
  vi.advanceTimersByTime(60_000);
  expect(findData(await text(reader), "fault")).toHaveLength(101);
  expect(await text(late)).toBe("");
  expect(errors).toEqual([]);
});

test("Events that cannot be described are skipped and reported, and the others are sent", async () => {
  const { events, store, errors, stream } = create();
  const reader = stream.open("0");
  store.isOpen = false;
  events.add("fault", {});
  events.add("fault", {});
  const received = reader[Symbol.asyncIterator]();
  let sent = "";
  while (!sent.includes("skipped")) sent += (await received.next()).value;
  store.isOpen = true;
  events.add("fault", {});
  while (!sent.includes("fault")) sent += (await received.next()).value;
  expect(findData(sent, "skipped")).toEqual([{ count: 2 }]);
  expect(errors).toMatchObject([{ message: "database is not open" }]);
  reader.destroy();
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
  const onError = () => {};
  const events = createEvents(onError);
  const stream = createEventStream(events, { describe: () => ({}), onError, createdAt: 2 });
  events.add("fault", {});
  events.add("fault", {});
  const reader = stream.open(id);
  events.close();
  const sent = await text(reader);
  const found = [...sent.matchAll(/^id: (\S+)\nevent: (\w+)$/gm)];
  expect(found.map(([, id, kind]) => (kind === "reset" ? `${id} reset` : id))).toEqual(received);
});
