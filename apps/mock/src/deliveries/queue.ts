import { setTimeout as wait } from "node:timers/promises";
import type { Deliveries, Delivery } from "../state/deliveries.ts";
import type { Attempt } from "./sender.ts";

/** Sends one message; a failure is in the attempt, never thrown. */
export type Send = (url: string, body: string, signal?: AbortSignal) => Promise<Attempt>;

export interface Queue {
  /** Starts sending what is pending; to be called after new deliveries have been accepted. */
  wake(account: string): void;
  /** Sends what an earlier process accepted and did not finish. */
  resume(): void;
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
  /** Is told when a delivery cannot be read or stored; its account's queue stops until it is woken again. */
  onError: (error: unknown) => void;
  /** Is told of each attempt when it has ended. */
  onAttempt?: ((delivery: Delivery, attempt: Attempt) => void) | undefined;
  /**
   * Pauses after the first, second and third attempt, in milliseconds. Ours: ThingSpace's are not known (departure D10).
   * @default [1000, 4000, 16000]
   */
  pausesMs?: number[] | undefined;
}

/**
 * Sends deliveries: accounts in parallel, each account in order of acceptance. A delivery is pending until its outcome is
 * stored, so that after a crash it is sent again rather than lost.
 */
export function createQueue({
  deliveries,
  send,
  onError,
  onAttempt,
  pausesMs = [1_000, 4_000, 16_000],
}: QueueOptions): Queue {
  let running = new Map<string, Promise<void>>();
  let stop = new AbortController();
  let closed = false;

  async function run(account: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const next = deliveries.next(account);
      if (!next) {
        // At once, not when the promise settles: a delivery accepted in between would wake nobody.
        running.delete(account);
        return;
      }
      await pause(next.dueAt - Date.now(), signal);
      await deliver(next, signal);
    }
  }

  async function deliver(delivery: Delivery, signal: AbortSignal): Promise<void> {
    const attempts = [...delivery.attempts];
    while (!signal.aborted) {
      const at = new Date().toISOString();
      const attempt = await send(delivery.url, delivery.message, signal);
      if (signal.aborted) return;
      onAttempt?.(delivery, attempt);
      attempts.push({ at, ...attempt });
      const delivered = attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300;
      const exhausted = attempts.length > pausesMs.length;
      const status = delivered ? "delivered" : exhausted ? "failed" : "pending";
      deliveries.record(delivery.id, { status, attempts, dueAt: delivery.dueAt });
      if (delivered || exhausted) return;
      await pause(pausesMs[attempts.length - 1] ?? 0, signal);
    }
  }

  function wake(account: string): void {
    if (closed || running.has(account)) return;
    const { signal } = stop;
    // Begins after it has been noted as running.
    const begin = Promise.resolve().then(() => run(account, signal));
    const work = begin.catch((error) => {
      // A pause that is given up ends in an error too.
      if (signal.aborted) return;
      running.delete(account);
      onError(error);
    });
    running.set(account, work);
  }

  function forget(): Promise<void>[] {
    stop.abort();
    const ending = [...running.values()];
    stop = new AbortController();
    running = new Map();
    return ending;
  }

  return {
    wake,
    resume: () => {
      for (const account of deliveries.pendingAccounts()) wake(account);
    },
    forget,
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values());
    },
    close: async () => {
      closed = true;
      await Promise.all(forget());
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await wait(ms, undefined, { signal });
}
