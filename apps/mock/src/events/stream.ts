import { Readable } from "node:stream";
import type { Events, SpaceEvent } from "./events.ts";

/** So many events at most are described before other work gets its turn. */
const eventsAtOnce = 100;
/** A reader that lets more than this wait is disconnected. */
const longestBacklog = 1024 * 1024;
/** A comment is sent so often, because proxies close connections on which nothing happens. */
const keepAliveMs = 15_000;

/** The events of a space as text for readers. */
export interface EventStream {
  /**
   * Opens a stream of server-sent events.
   *
   * @param lastSeen id of the last event that the reader has seen; without it, only what happens from now on is sent
   */
  open(lastSeen: number | undefined): Readable;
  /** Returns how many readers there are. */
  countReaders(): number;
}

interface Reader {
  stream: Readable;
  /** Id of the last event that was sent. */
  position: number;
}

/** Creates the stream of a space's events. */
export function createEventStream(
  events: Events,
  describe: (event: SpaceEvent) => object | undefined,
): EventStream {
  const readers = new Set<Reader>();
  let unsubscribe: (() => void) | undefined;
  let keepAlive: NodeJS.Timeout | undefined;

  const start = () => {
    unsubscribe = events.subscribe(sendAll);
    keepAlive = setInterval(() => {
      for (const { stream } of readers) push(stream, ": keep-alive\n\n");
    }, keepAliveMs).unref();
  };
  const stop = () => {
    unsubscribe?.();
    clearInterval(keepAlive);
  };
  const remove = (reader: Reader) => {
    if (readers.delete(reader) && readers.size === 0) stop();
  };

  function describePage(position: number): Page {
    const { events: page, missed } = events.after(position, eventsAtOnce);
    const end = page.at(-1)?.id ?? position;
    const described = page.map((event) => ({ event, data: describe(event) }));
    const skipped = missed + described.filter(({ data }) => data === undefined).length;
    const lines = described.flatMap(({ event, data }) => (data ? [formatEvent(event, data)] : []));
    if (skipped > 0) lines.unshift(`event: skipped\ndata: ${JSON.stringify({ count: skipped })}\n\n`);
    return { text: lines.join(""), end };
  }

  /** Sends what is new. Readers that have seen the same are sent the same text. */
  function sendAll(): boolean {
    const texts = new Map<number, Page>();
    for (const reader of readers) {
      const page = texts.get(reader.position) ?? describePage(reader.position);
      texts.set(reader.position, page);
      reader.position = page.end;
      if (page.text !== "") push(reader.stream, page.text);
      if (events.isClosed()) reader.stream.push(null);
    }
    return [...readers].some(({ position }) => position < events.latest());
  }

  return {
    open: (lastSeen = events.latest()) => {
      const stream = new Readable({ read: () => {} });
      const reader = { stream, position: lastSeen > events.latest() ? 0 : lastSeen };
      if (readers.size === 0) start();
      readers.add(reader);
      stream.once("close", () => remove(reader));
      // The first bytes tell the reader that the stream is open.
      stream.push("retry: 1000\n\n");
      events.notify();
      return stream;
    },
    countReaders: () => readers.size,
  };
}

interface Page {
  text: string;
  /** Id of the last event in it. */
  end: number;
}

const formatEvent = ({ id, kind }: SpaceEvent, data: object) =>
  `id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;

function push(stream: Readable, text: string): void {
  if (stream.readableLength > longestBacklog) stream.destroy();
  else stream.push(text);
}
