/**
 * The pause between two searches for messages, so that under load each finds several: a search costs more than to handle a message.
 * It is as long as the search before took, from 2 ms to an eighth of `pollMs`. When no message has had to wait for a second, because
 * they are taken as they are stored, it is eight times as long.
 */
export interface SearchPause {
  /** Notes that a message has to wait, and that others may do so behind it. */
  noteWaiting(): void;
  /** Notes how long a search took, which has just ended. */
  noteSearch(ms: number): void;
  /** Resolves when the next search is due, or `isStarted` returns false. */
  wait(isStarted: () => boolean): Promise<void>;
}

const minPauseMs = 2;
/** How much longer the pause is while nothing waits. */
const quietFactor = 8;
/** How long after a message had to wait others may do so. */
const busyMs = 1_000;

/** @param pollMs the longest pause. */
export function createSearchPause(pollMs: number): SearchPause {
  let waitingAt = 0;
  let searchedAt = 0;
  let searchMs = 0;

  return {
    noteWaiting: () => {
      waitingAt = performance.now();
    },
    noteSearch: (ms) => {
      searchedAt = performance.now();
      searchMs = ms;
    },
    wait: async (isStarted) => {
      const pauseMs = Math.min(Math.max(minPauseMs, searchMs), pollMs / quietFactor);
      // A message that has to wait meanwhile ends the longer pause.
      const isDue = (pauses: number) => pauses >= (isBusy() ? 1 : quietFactor);
      for (let pauses = 0; isStarted() && !isDue(pauses); pauses += 1) {
        await sleep(searchedAt + (pauses + 1) * pauseMs - performance.now());
      }
    },
  };

  function isBusy(): boolean {
    return performance.now() - waitingAt < busyMs;
  }
}

const sleep = (ms: number) => (ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined);
