/** The kinds of events in a space; the stream names its events by these words. */
export const eventKinds = [
  "request",
  "delivery",
  "attempt",
  "registration",
  "fault",
  "clock",
  "reset",
] as const;

export type EventKind = (typeof eventKinds)[number];

/** Something that happened. `detail` is what {@link describeEvent} needs to describe it. */
export interface SpaceEvent {
  /** Counts up from 1. */
  id: number;
  kind: EventKind;
  detail: unknown;
}

/** Looks at what happened. @returns true when it has not looked at everything yet */
type Listener = () => boolean;

/** The last 4,096 events of a space. */
export interface Events {
  add(kind: EventKind, detail: unknown): void;
  /** Returns the id of the newest event, 0 before the first; with a kind, of the newest of that kind. */
  latest(kind?: EventKind): number;
  /** Returns the oldest events with a greater id, and how many before them are not kept any more. */
  after(id: number, limit: number): { events: SpaceEvent[]; missed: number };
  /**
   * Calls `listener` soon after events were added, once for all of them, and when the space is closed. A listener that
   * returns true is called again, and one that throws is called at the next event.
   *
   * @returns a function that stops that.
   */
  subscribe(listener: Listener): () => void;
  /** Calls `watcher` with the kind of each event as soon as it is added, before anything else happens. */
  watch(watcher: (kind: EventKind) => void): void;
  /** Calls the listeners soon, as if an event had been added. */
  notify(): void;
  /** Returns true if the space is closed, so that nothing will be added. */
  isClosed(): boolean;
  /** Calls the listeners for the last time: what they read may be gone after that. */
  close(): void;
}

const size = 4_096;

/** Listeners are called this many milliseconds apart at least... */
const leastPauseMs = 10;
/** ...and this many times as far apart as their work took, so that it takes at most 2 % of the time. */
const pausePerWork = 50;
/** ...but never longer, or a moment in which the process was busy with something else would silence streams and waits. */
const longestPauseMs = 500;

/**
 * Creates a list of events. It is kept in two arrays, written round and round, because adding an event is part of every
 * request: for one that came in, nothing is allocated.
 *
 * @param onError is told what a listener throws
 */
export function createEvents(onError: (error: unknown) => void): Events {
  const kinds: EventKind[] = [];
  const details: unknown[] = [];
  const latest: Partial<Record<EventKind, number>> = {};
  const listeners = new Set<Listener>();
  const watchers: ((kind: EventKind) => void)[] = [];
  let added = 0;
  let isClosed = false;
  let isScheduled = false;
  let isWanted = false;
  let notBefore = 0;

  const callListeners = () => {
    isWanted = false;
    for (const listener of listeners) {
      try {
        if (listener()) isWanted = true;
      } catch (error) {
        onError(error);
      }
    }
  };
  const callAndPause = () => {
    const begin = performance.now();
    callListeners();
    // What the listeners wrote is sent before this, and is a part of their work.
    setImmediate(() => {
      const end = performance.now();
      const pauseMs = Math.max(leastPauseMs, (end - begin) * pausePerWork);
      notBefore = end + Math.min(pauseMs, longestPauseMs);
      isScheduled = false;
      if (isWanted) notify();
    });
  };
  const notify = () => {
    isWanted = true;
    if (isScheduled || listeners.size === 0) return;
    isScheduled = true;
    setTimeout(callAndPause, Math.max(0, notBefore - performance.now())).unref();
  };

  return {
    add: (kind, detail) => {
      kinds[added % size] = kind;
      details[added % size] = detail;
      added += 1;
      latest[kind] = added;
      for (const watcher of watchers) watcher(kind);
      notify();
    },
    latest: (kind) => (kind === undefined ? added : (latest[kind] ?? 0)),
    after: (id, limit) => {
      const first = Math.max(id, added - size);
      const events = Array.from({ length: Math.min(limit, added - first) }, (_, index) => {
        const place = (first + index) % size;
        return { id: first + index + 1, kind: kinds[place] as EventKind, detail: details[place] };
      });
      return { events, missed: first - id };
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    watch: (watcher) => {
      watchers.push(watcher);
    },
    notify,
    isClosed: () => isClosed,
    close: () => {
      isClosed = true;
      callListeners();
      listeners.clear();
    },
  };
}
