import { afterThisTurn } from "../after-this-turn.ts";
import { isObject } from "../check.ts";
import { ignoreErrors } from "../ignore-errors.ts";
import { type Attempt, createAttempt } from "./attempt.ts";
import { createSearchPause } from "./search-pause.ts";
import type { InboxSettings } from "./settings.ts";
import type { InboxStore, StoredMessage } from "./store.ts";

/** Handles the messages of a store. */
export interface Worker {
  start(): void;
  /** Looks for messages now. */
  wake(): void;
  /**
   * Stores a message, which is handled afterwards.
   *
   * @param add is given a lease when there is a slot for the message and no other one waits for it.
   */
  store(add: (options: { leaseMs?: number }) => Promise<AddResult>): Promise<AddResult>;
  /** Takes no more messages, and resolves when those being handled are done, or given back after `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>;
}

type AddResult = Awaited<ReturnType<InboxStore["add"]>>;

const purgeEveryMs = 3_600_000;

export function createWorker(settings: InboxSettings): Worker {
  const { store, concurrency, leaseMs, pollMs, keepHandledMs, onError } = settings;
  const active = new Map<Attempt, Promise<void>>();
  /** Slots for messages that are being stored or searched for. */
  let reserved = 0;
  /** What the store is doing with messages that it may hand over, or is given back. */
  const underWay = new Set<Promise<unknown>>();
  /** Counts the messages that were stored and not taken. */
  let storedWaiting = 0;
  /** What `storedWaiting` was when a search began that found nothing: behind it no message waits. */
  let emptyAt: number | undefined;
  let isStarted = false;
  let timers: ReturnType<typeof setInterval>[] = [];
  let purgedAt = 0;
  /** The search for messages that is under way. */
  let search: Promise<void> | undefined;
  let isAskedAgain = false;
  const searchPause = createSearchPause(pollMs);

  const countFree = () => concurrency - active.size - reserved;
  const mayHaveWaiting = () => storedWaiting !== emptyAt;

  return { start, wake, store: storeOne, stop };

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

  async function storeOne(add: Parameters<Worker["store"]>[0]): Promise<AddResult> {
    const hasSlot = isStarted && !mayHaveWaiting() && countFree() > 0;
    const result = hasSlot ? await inSlots(1, () => add({ leaseMs })) : await add({});
    if (isObject(result) && isObject(result.taken)) {
      handle(result.taken);
    } else if (result === "added") {
      storedWaiting += 1;
      searchPause.noteWaiting();
      wake();
    } else if (result !== "known") {
      // A store with a fault of its own must not lead to a message that is acknowledged and lost.
      throw new TypeError("store.add must return added, known or the message taken.");
    }
    return result;
  }

  /** Takes messages until every slot is busy or the store has none that is due. */
  async function takeAll(): Promise<void> {
    while (isStarted && countFree() > 0) {
      await searchPause.wait(() => isStarted);
      if (!isStarted || countFree() <= 0) return;
      isAskedAgain = false;
      const begin = performance.now();
      const stored = storedWaiting;
      // A search on suspicion leaves half of the slots to messages that are being stored.
      const limit = mayHaveWaiting() ? countFree() : Math.ceil(countFree() / 2);
      const messages = await inSlots(limit, () => store.take({ limit, leaseMs }));
      searchPause.noteSearch(performance.now() - begin);
      if (messages.length === 0) {
        emptyAt = stored;
        return;
      }
      searchPause.noteWaiting();
      for (const message of messages) handle(message);
    }
  }

  async function inSlots<T>(slots: number, act: () => Promise<T>): Promise<T> {
    reserved += slots;
    try {
      return await track(act());
    } finally {
      reserved -= slots;
    }
  }

  function track<T>(doing: Promise<T>): Promise<T> {
    const end = () => underWay.delete(doing);
    underWay.add(doing);
    doing.then(end, end);
    return doing;
  }

  function handle(message: StoredMessage): void {
    if (!isStarted) {
      giveBack(message);
      return;
    }
    const attempt = createAttempt(message, settings);
    // The responses to the messages that were stored come first.
    const isDone = afterThisTurn()
      .then(attempt.run)
      .catch(reportStoreError)
      .then((pauseMs) => {
        active.delete(attempt);
        if (pauseMs !== undefined && pauseMs < pollMs) setTimeout(wake, pauseMs);
        wake();
      });
    active.set(attempt, isDone);
  }

  /** Lets another process have a message that was taken while this one stopped. */
  function giveBack(message: StoredMessage): void {
    const error = "The inbox stopped before the handler was called.";
    track(store.settle(message, { state: "released", error }).catch(reportStoreError));
  }

  function renew(): void {
    if (active.size === 0) return;
    const leases = [...active.keys()].map(({ lease }) => lease);
    store.renew(leases, { leaseMs }).catch(reportStoreError);
  }

  async function stop(timeoutMs: number): Promise<void> {
    const [pollTimer, renewTimer] = timers;
    // It may be started again meanwhile, and what it then does is not stopped.
    const stopped = [...active];
    timers = [];
    isStarted = false;
    clearInterval(pollTimer);
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        isOver = true;
        for (const [attempt] of stopped) attempt.giveBack();
        resolve();
      }, timeoutMs);
    });
    await Promise.race([search, over]);
    // A message that is handed over now is given back before the store may be closed.
    while (underWay.size > 0 && !isOver) await Promise.race([Promise.allSettled(underWay), over]);
    // Leases are renewed until the last handler is done.
    await Promise.all(stopped.map(([, isDone]) => isDone));
    clearTimeout(timer);
    clearInterval(renewTimer);
  }

  function reportStoreError(error: unknown): undefined {
    ignoreErrors(() => onError(error, { code: "STORE_FAILED" }));
  }
}
