import type { LimitFunction } from "p-limit";
import type { Clock, ClockMove } from "../state/clock.ts";
import { createMakeAttempt, type MadeAttempt, type Send } from "./attempt.ts";
import type { Delivery, Status } from "./delivery.ts";
import { type Line, skip } from "./line.ts";
import { pause } from "./pause.ts";
import { decideRetry } from "./retry.ts";
import type { SenderProfile } from "./sender-profile.ts";
import type { Deliveries, Outcome } from "./store.ts";

export interface Queue {
  /** Starts sending what is pending; to be called after new deliveries have been accepted. */
  wake(account: string): void;
  /** Sends what an earlier process accepted and did not finish. */
  resume(): void;
  /**
   * Follows the clock after it was moved, frozen or let run. What becomes due is sent at once, in order; when the clock is
   * moved back, pauses stay as long as they are.
   */
  followClock(move: ClockMove): void;
  /** Gives up attempts under way and pauses, because the deliveries are forgotten. */
  forget(): void;
  /** Resolves when nothing is pending any more. */
  idle(): Promise<void>;
  /** Gives up attempts under way, for good; what is pending stays so. */
  close(): Promise<void>;
}

export interface QueueOptions {
  deliveries: Deliveries;
  send: Send;
  /** Is told when a delivery cannot be read or stored. Its account's queue begins again if it was woken, else stops. */
  onError: (error: unknown) => void;
  /** Is told of each attempt when it has ended, and the status that its delivery has after it. */
  onAttempt?: ((delivery: Delivery, attempt: MadeAttempt, status: Status) => void) | undefined;
  /** How often a message that was not taken is repeated, and after which pauses. */
  profile: Pick<SenderProfile, "pauses" | "countMember">;
  /** Due times are by its ticks. */
  clock: Pick<Clock, "now" | "ticks" | "isFrozen">;
  /** Lets so many messages be sent at the same time. */
  limit: LimitFunction;
}

/** With more lines than that, each reads its deliveries one by one. */
const maxLinesAhead = 100;

/**
 * Sends deliveries: accounts in parallel, each account in order of acceptance. A delivery is pending until its outcome is
 * stored, so that after a crash it is sent again rather than lost. While it is being stored the next messages are sent,
 * so that a crash can repeat the last few of an account.
 */
export function createQueue({
  deliveries,
  send,
  onError,
  onAttempt,
  profile,
  limit,
  clock,
}: QueueOptions): Queue {
  let lines = new Map<string, Line>();
  /** The work of all lines, also of those that were given up and end. */
  const underWay = new Set<Promise<void>>();
  let stop = new AbortController();
  let closed = false;

  const makeAttempt = createMakeAttempt({ send, onError, profile, clock, limit });

  /** Returns the time at which the line is: pauses that a moved clock has not let it skip yet are still before it. */
  const getTime = (line: Line) => clock.ticks() - line.behindMs;

  async function run(account: string, line: Line, signal: AbortSignal): Promise<void> {
    /** The last outcome; it is stored, with all before it, while the next messages are on their way. */
    let last: { id: number; stored: Promise<void> } | undefined;
    let failure: { reason: unknown } | undefined;
    const waitUntilStored = async () => {
      await last?.stored;
      if (failure) throw failure.reason;
      last = undefined;
      line.ready = [];
    };

    try {
      while (!signal.aborted && !failure) {
        if (line.ready.length === 0 && mayReadAhead()) line.ready = deliveries.nextTen(account, last?.id);
        const next = line.ready[0] ?? deliveries.next(account, last?.id);
        const pauseMs = next ? skip(line, next.dueAt - getTime(line)) : 0;
        if (last && (!next || pauseMs > 0)) {
          await waitUntilStored();
          continue;
        }
        if (!next) {
          // At once, not when the promise settles: a delivery accepted in between would wake nobody.
          lines.delete(account);
          return;
        }
        if (pauseMs > 0) {
          const leftMs = clock.isFrozen() ? Number.POSITIVE_INFINITY : pauseMs;
          await pause(leftMs, AbortSignal.any([signal, line.clockMoved.signal]));
          continue;
        }
        const made = await makeAttempt(next, line, signal);
        // From here to the outcome's storing nothing is awaited: meanwhile others could load deliveries or move the clock.
        if (!made || signal.aborted) continue;
        const outcome = decide(next, made, line);
        line.ready.shift();
        const stored = deliveries.record(next.id, outcome).catch((reason) => {
          failure ??= { reason };
        });
        last = { id: next.id, stored };
        if (outcome.status === "pending") await waitUntilStored();
      }
      await waitUntilStored();
    } finally {
      // Also after a failure to read: the account may be woken after this, or the store closed.
      await last?.stored;
    }
  }

  /** Returns what becomes of a delivery after an attempt. */
  function decide(delivery: Delivery, made: MadeAttempt, line: Line): Outcome {
    const attempts = [...delivery.attempts, made];
    const { status, pauseMs } = decideRetry(attempts, profile);
    onAttempt?.(delivery, made, status);
    return { status, attempts, dueAt: Math.round(getTime(line) + pauseMs) };
  }

  /** Many lines would keep many messages in memory. */
  const mayReadAhead = () => lines.size <= maxLinesAhead;

  function wake(account: string): void {
    if (closed) return;
    const current = lines.get(account);
    if (current) {
      current.isWoken = true;
      return;
    }
    const { signal } = stop;
    const line: Line = { behindMs: 0, clockMoved: new AbortController(), ready: [], isWoken: false };
    lines.set(account, line);
    // Begins after it has been noted.
    const sending = Promise.resolve()
      .then(() => run(account, line, signal))
      .catch((error) => {
        onError(error);
        // After the line was given up, its account may have a new one.
        if (lines.get(account) !== line) return;
        lines.delete(account);
        // What was accepted meanwhile has woken nobody.
        if (line.isWoken) wake(account);
      })
      .finally(() => underWay.delete(sending));
    underWay.add(sending);
  }

  function forget(): void {
    stop.abort();
    stop = new AbortController();
    lines = new Map();
  }

  return {
    wake,
    resume: () => {
      for (const account of deliveries.pendingAccounts()) wake(account);
    },
    followClock: ({ movedMs, stoodStillMs }) => {
      const skippedMs = Math.max(0, movedMs);
      deliveries.advance(skippedMs - stoodStillMs);
      for (const line of lines.values()) {
        line.behindMs += skippedMs;
        // They are due at another time now.
        line.ready = [];
        line.clockMoved.abort();
        line.clockMoved = new AbortController();
      }
    },
    forget,
    idle: async () => {
      while (lines.size > 0) await Promise.all(underWay);
    },
    close: async () => {
      closed = true;
      forget();
      await Promise.all(underWay);
    },
  };
}
