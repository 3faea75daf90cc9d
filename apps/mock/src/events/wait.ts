import type { Connection } from "../operations/handler.ts";
import type { EventKind, Events } from "./events.ts";

/** The condition that a wait ends with. */
export interface Wait {
  events: Events;
  /** Only after an event of this kind something can have changed. */
  kind: EventKind;
  forMs: number;
  /** Ends the wait when the client goes away. */
  connection?: Connection | undefined;
}

/**
 * Resolves when `isThere` returns true, when the time is over, when the client has gone away or when the space is closed:
 * whoever waits looks once more after that.
 */
export function waitUntil(
  isThere: () => boolean,
  { events, kind, forMs, connection }: Wait,
): Promise<void> | undefined {
  if (forMs === 0 || isThere()) return undefined;
  return new Promise((resolve) => {
    let seen = events.latest(kind);
    const end = () => {
      clearTimeout(timer);
      unsubscribe();
      connection?.signal.removeEventListener("abort", end);
      resolve();
    };
    const unsubscribe = events.subscribe(() => {
      const isNew = events.latest(kind) !== seen;
      seen = events.latest(kind);
      if (events.isClosed() || (isNew && isThere())) end();
      return false;
    });
    const timer = setTimeout(end, forMs);
    connection?.signal.addEventListener("abort", end);
  });
}

/**
 * Reads a time such as `5s` or `500ms`, as the document has it.
 *
 * @returns milliseconds; 0 when there is none
 */
export function readWait(text: string | undefined): number {
  if (text === undefined) return 0;
  return text.endsWith("ms") ? Number.parseInt(text, 10) : Number.parseInt(text, 10) * 1_000;
}
