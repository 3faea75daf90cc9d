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
  /** Resolves when nothing is pending any more. */
  idle(): Promise<void>;
  /** Gives up attempts under way; what is pending stays so. */
  close(): Promise<void>;
}

/** Pauses after the first, second and third attempt, in milliseconds. Ours: ThingSpace's are not known (departure D10). */
export const retryPausesMs = [1_000, 4_000, 16_000];

/**
 * Sends deliveries: accounts in parallel, each account in order of acceptance. A delivery is pending until its outcome is
 * stored, so that after a crash it is sent again rather than lost.
 */
export function createQueue(deliveries: Deliveries, send: Send, pausesMs: number[] = retryPausesMs): Queue {
  const running = new Map<string, Promise<void>>();
  const stop = new AbortController();

  async function run(account: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const next = deliveries.next(account);
      if (!next) return;
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
      attempts.push({ at, ...attempt });
      const delivered = attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300;
      const exhausted = attempts.length > pausesMs.length;
      deliveries.record(delivery.id, delivered ? "delivered" : exhausted ? "failed" : "pending", attempts);
      if (delivered || exhausted) return;
      await pause(pausesMs[attempts.length - 1] ?? 0, signal);
    }
  }

  function wake(account: string): void {
    if (running.has(account) || stop.signal.aborted) return;
    const { signal } = stop;
    const work = run(account, signal)
      .catch((error) => {
        if (!signal.aborted) throw error;
      })
      .finally(() => running.delete(account));
    running.set(account, work);
  }

  return {
    wake,
    resume: () => {
      for (const account of deliveries.pendingAccounts()) wake(account);
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values());
    },
    close: async () => {
      stop.abort();
      await Promise.all(running.values());
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await wait(ms, undefined, { signal });
}
