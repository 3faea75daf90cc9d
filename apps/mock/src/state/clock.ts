import { findMember, getLimit, getOperation, getSuccess } from "@thingspace-callbacks/contract";

const clockSchema = getSuccess(getOperation("control", "getClock")).response.body?.schema ?? {};

/** How far the clock can be ahead, in milliseconds: beyond some date a time has no text any more. */
export const maxAheadMs = getLimit(findMember(clockSchema, "aheadMs"), "maximum");

/** The time that tokens and sessions expire by, and messages are sent by; it can be moved forward. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds ahead of the real time. */
  aheadMs(): number;
  advance(ms: number): void;
  reset(): void;
}

export function createClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    aheadMs: () => ahead,
    advance: (ms) => {
      ahead += ms;
    },
    reset: () => {
      ahead = 0;
    },
  };
}

/** Returns what the clock shows. */
export function describeClock(clock: Clock) {
  return { now: new Date(clock.now()).toISOString(), aheadMs: clock.aheadMs() };
}
