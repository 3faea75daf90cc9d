import { setTimeout as wait } from "node:timers/promises";
import type { Faults } from "../control/faults.ts";
import type { Send } from "./attempt.ts";

/**
 * Returns a function that sends messages, unless a fault says that the listener is slow, down or wrong. A message that is
 * `taken` is sent, and only its response is replaced.
 */
export function createSpoiledSend(send: Send, faults: Faults, timeoutMs: number): Send {
  return async (delivery, body, signal) => {
    const { api, account, type } = delivery;
    const effect = faults.hit({ direction: "out", api, account, type });
    if (!effect) return send(delivery, body, signal);
    const begin = performance.now();
    const made = effect.taken ? await send(delivery, body, signal) : undefined;
    const { delayMs = 0 } = effect;
    try {
      await wait(Math.min(delayMs, timeoutMs), undefined, { ...(signal && { signal }) });
    } catch {
      return { durationMs: 0, error: "aborted" };
    }
    const durationMs = Math.round(performance.now() - begin);
    if (delayMs >= timeoutMs) return { durationMs, error: `timed out after ${timeoutMs} ms (a fault)` };
    if (effect.drop) return { durationMs, error: "connection closed by the listener (a fault)" };
    if (effect.status !== undefined) return { durationMs, status: effect.status };
    return made ?? send(delivery, body, signal);
  };
}
