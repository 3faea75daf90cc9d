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
 *
 * @throws what `isThere` throws
 */
export function waitUntil(
  isThere: () => boolean,
  { events, kind, forMs, connection }: Wait,
): Promise<void> | undefined {
  if (forMs === 0 || isThere() || events.isClosed()) return undefined;
  return new Promise((resolve, reject) => {
    let seen = events.latest(kind);
    const stop = () => {
      clearTimeout(timer);
      unsubscribe();
      connection?.signal.removeEventListener("abort", end);
    };
    const end = () => {
      stop();
      resolve();
    };
    const unsubscribe = events.subscribe(() => {
      const isNew = events.latest(kind) !== seen;
      seen = events.latest(kind);
      try {
        if (events.isClosed() || (isNew && isThere())) end();
      } catch (error) {
        stop();
        reject(error);
      }
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
