import { ignoreErrors } from "../ignore-errors.ts";
import { type Attempt, createAttempt } from "./attempt.ts";
import type { InboxSettings } from "./options.ts";

/** Handles the messages of a store. */
export interface Worker {
  start(): void;
  /** Looks for messages now. */
  wake(): void;
  /** Takes no more messages, and resolves when those being handled are done, or given back after `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>;
}

const purgeEveryMs = 3_600_000;

/** Between two searches, so that under load each finds several messages: it costs more than to handle one. */
const minPauseMs = 2;

export function createWorker(settings: InboxSettings): Worker {
  const { store, concurrency, leaseMs, pollMs, keepHandledMs, onError } = settings;
  const active = new Map<Attempt, Promise<void>>();
  let isStarted = false;
  let timers: ReturnType<typeof setInterval>[] = [];
  let purgedAt = 0;
  /** The search for messages that is under way. */
  let search: Promise<void> | undefined;
  let isAskedAgain = false;
  let searchedAt = 0;

  return { start, wake, stop };

  function start(): void {
    if (isStarted) return;
    isStarted = true;
    timers = [setInterval(poll, pollMs), setInterval(renew, Math.max(1, leaseMs / 3))];
    poll();
  }

  function poll(): void {
    wake();
    if (Date.now() - purgedAt < purgeEveryMs) return;
    purgedAt = Date.now();
    store.purge({ state: "handled", olderThanMs: keepHandledMs }).catch(reportStoreError);
  }

  function wake(): void {
    if (!isStarted) return;
    if (search) {
      isAskedAgain = true;
      return;
    }
    search = takeAll()
      .catch(reportStoreError)
      .finally(() => {
        search = undefined;
        const isDue = isAskedAgain;
        isAskedAgain = false;
        if (isDue) wake();
      });
  }

  /** Takes messages until every slot is busy or the store has none that is due. */
  async function takeAll(): Promise<void> {
    while (isStarted && active.size < concurrency) {
      await pause(searchedAt + minPauseMs - performance.now());
      searchedAt = performance.now();
      isAskedAgain = false;
      const messages = await store.take({ limit: concurrency - active.size, leaseMs });
      if (messages.length === 0) return;
      for (const message of messages) {
        const attempt = createAttempt(message, settings);
        const isDone = attempt
          .run()
          .catch(reportStoreError)
          .then((pauseMs) => {
            active.delete(attempt);
            if (pauseMs !== undefined && pauseMs < pollMs) setTimeout(wake, pauseMs);
            wake();
          });
        active.set(attempt, isDone);
      }
    }
  }

  function renew(): void {
    if (active.size === 0) return;
    const leases = [...active.keys()].map(({ lease }) => lease);
    store.renew(leases, { leaseMs }).catch(reportStoreError);
  }

  async function stop(timeoutMs: number): Promise<void> {
    const [pollTimer, renewTimer] = timers;
    isStarted = false;
    clearInterval(pollTimer);
    await search;
    // Leases are renewed until the last handler is done.
    const timer = setTimeout(() => {
      for (const attempt of active.keys()) attempt.giveBack();
    }, timeoutMs);
    await Promise.all(active.values());
    clearTimeout(timer);
    clearInterval(renewTimer);
    timers = [];
  }

  function reportStoreError(error: unknown): undefined {
    ignoreErrors(() => onError(error, { code: "STORE_FAILED" }));
  }
}

const pause = (ms: number) => (ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined);
