import type { Delivery } from "./delivery.ts";

/** An account whose deliveries are being sent, one after the other. */
export interface Line {
  /** How far the line is behind the time of the mock's clock, in milliseconds: pauses are shortened by it. */
  behindMs: number;
  /** Is aborted, and replaced, when the clock is moved. */
  clockMoved: AbortController;
  /** The next deliveries, which were read together; empty when none were. */
  ready: Delivery[];
  /** True when the account was woken since the line began: should the line fail, another one begins. */
  isWoken: boolean;
}

/** Lets a line skip as much of a pause as it is behind. @returns how much is left, in milliseconds */
export function skip(line: Line, pauseMs: number): number {
  const skippedMs = Math.max(0, Math.min(pauseMs, line.behindMs));
  line.behindMs -= skippedMs;
  return pauseMs - skippedMs;
}
