import { Readable } from "node:stream";
import type { Events, SpaceEvent } from "./events.ts";

/** So many events at most are described before other work gets its turn. */
const eventsAtOnce = 100;
/** A reader that lets more than this wait is disconnected. */
const longestBacklog = 1024 * 1024;
/** A comment is sent so often, because proxies close connections on which nothing happens. */
const keepAliveMs = 15_000;

/** How the events of a space become text. */
export interface EventStreamOptions {
  /** Returns the data of an event; undefined when what it is about is not kept any more. */
  describe: (event: SpaceEvent) => object | undefined;
  /** Is told of events that cannot be described. */
  onError: (error: unknown) => void;
  /** @default now, in milliseconds since the epoch */
  createdAt?: number;
}

/** The events of a space as text for readers. */
export interface EventStream {
  /**
   * Opens a stream of server-sent events.
   *
   * @param lastSeen id of the last event that the reader has seen, or "0" for all kept events; without it, only what
   * happens from now on is sent. After an id of another process, or of another instance, the reader is told to start anew.
   */
  open(lastSeen: string | undefined): Readable;
  /** Returns how many readers there are. */
  countReaders(): number;
}

interface Reader {
  stream: Readable;
  /** Number of the last event that was sent. */
  position: number;
}

/** Returns true if a text has the form of an event's id. */
export const isEventId = (text: string) => /^\d{1,15}(-\d{1,15})?$/.test(text);

/**
 * Creates the stream of a space's events. Their numbers begin at 1 in each process, and in each instance that takes over,
 * so the id of an event has the time at which its stream was created, too.
 */
export function createEventStream(
  events: Events,
  { describe, onError, createdAt = Date.now() }: EventStreamOptions,
): EventStream {
  const toId = (number: number) => `${createdAt}-${number}`;
  const formatEvent = ({ id, kind }: SpaceEvent, data: object) =>
    `id: ${toId(id)}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
  const readers = new Set<Reader>();
  let unsubscribe: (() => void) | undefined;
  let keepAlive: NodeJS.Timeout | undefined;

  const start = () => {
    unsubscribe = events.subscribe(sendAll);
    keepAlive = setInterval(() => {
      for (const { stream } of readers) push(stream, ": keep-alive\n\n");
    }, keepAliveMs).unref();
  };
  const isBehind = ({ position }: Reader) => position < events.latest();
  const stop = () => {
    unsubscribe?.();
    clearInterval(keepAlive);
  };
  const remove = (reader: Reader) => {
    if (readers.delete(reader) && readers.size === 0) stop();
  };

  /** Returns the number of an event of this stream by its id; undefined when it is of another one. */
  function findPosition(id: string): number | undefined {
    if (id === "0") return 0;
    const [stream, number] = id.split("-").map(Number);
    return stream === createdAt && number !== undefined && number <= events.latest() ? number : undefined;
  }

  function describePage(position: number): Page {
    const { events: page, missed } = events.after(position, eventsAtOnce);
    const end = page.at(-1)?.id ?? position;
    const described = describeAll(page);
    const skipped = missed + described.filter(({ data }) => data === undefined).length;
    const lines = described.flatMap(({ event, data }) => (data ? [formatEvent(event, data)] : []));
    if (skipped > 0) lines.unshift(formatSkipped(skipped));
    return { bytes: Buffer.from(lines.join("")), end };
  }

  /** Describes events. Those that cannot be described are without data, and the first failure is reported. */
  function describeAll(page: SpaceEvent[]) {
    const failures: unknown[] = [];
    const described = page.map((event) => {
      try {
        return { event, data: describe(event) };
      } catch (error) {
        failures.push(error);
        return { event, data: undefined };
      }
    });
    if (failures.length > 0) onError(failures[0]);
    return described;
  }

  /** Sends what is new. Readers that have seen the same are sent the same bytes. */
  function sendAll(): boolean {
    const pages = new Map<number, Page>();
    const sendPage = (reader: Reader) => {
      const page = pages.get(reader.position) ?? describePage(reader.position);
      pages.set(reader.position, page);
      reader.position = page.end;
      if (page.bytes.length > 0) push(reader.stream, page.bytes);
    };
    if (events.isClosed()) {
      for (const reader of readers) sendRest(reader, sendPage);
      stop();
      return false;
    }
    for (const reader of readers) sendPage(reader);
    return [...readers].some(isBehind);
  }

  /** Ends a stream with all that is left, or with the number of events that a reader who is too slow does not get. */
  function sendRest(reader: Reader, sendPage: (reader: Reader) => void): void {
    const { stream } = reader;
    while (isBehind(reader) && stream.readableLength <= longestBacklog) sendPage(reader);
    if (isBehind(reader)) stream.push(formatSkipped(events.latest() - reader.position));
    stream.push(null);
  }

  return {
    open: (lastSeen = toId(events.latest())) => {
      const stream = new Readable({ read: () => {} });
      if (events.isClosed()) {
        stream.push(null);
        return stream;
      }
      const position = findPosition(lastSeen);
      const reader = { stream, position: position ?? 0 };
      if (readers.size === 0) start();
      readers.add(reader);
      stream.once("close", () => remove(reader));
      // The first bytes tell the reader that the stream is open.
      stream.push("retry: 1000\n\n");
      if (position === undefined) stream.push(formatEvent({ id: 0, kind: "reset", detail: {} }, {}));
      events.notify();
      return stream;
    },
    countReaders: () => readers.size,
  };
}

interface Page {
  bytes: Buffer;
  /** Number of the last event in it. */
  end: number;
}

const formatSkipped = (count: number) => `event: skipped\ndata: ${JSON.stringify({ count })}\n\n`;

function push(stream: Readable, content: Buffer | string): void {
  if (stream.readableLength > longestBacklog) stream.destroy();
  else stream.push(content);
}
