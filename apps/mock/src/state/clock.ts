import { findMember, getLimit, getOperation, getSuccess } from "@thingspace-callbacks/contract";

const clockSchema = getSuccess(getOperation("control", "getClock")).response.body?.schema ?? {};

/** How far the clock can be ahead, in milliseconds: beyond some date a time has no text any more. */
export const maxAheadMs = getLimit(findMember(clockSchema, "aheadMs"), "maximum");

/** The time that tokens and sessions expire by, and messages are sent by. It can be moved and frozen. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds ahead of the real time; negative when it is behind. */
  aheadMs(): number;
  isFrozen(): boolean;
  /** The real time, except that it stands still while the clock is frozen: due times are in it. */
  ticks(): number;
  /** Sets the time, freezes the clock or lets it run again. */
  set(change: ClockChange): ClockMove;
  /** Sets the clock to the real time and lets it run. */
  reset(): ClockMove;
}

export interface ClockChange {
  /** The new time. @default the time that the clock shows */
  now?: number | undefined;
  /** @default as before */
  isFrozen?: boolean | undefined;
}

/** What became of the clock, for those who wait by it. */
export interface ClockMove {
  /** How far it was moved; negative when it was moved back. */
  movedMs: number;
  /** How long it had been frozen, when it runs again. */
  stoodStillMs: number;
}

export function createClock(): Clock {
  let aheadMs = 0;
  let frozen: { now: number; ticks: number } | undefined;
  const now = () => frozen?.now ?? Date.now() + aheadMs;
  const ticks = () => frozen?.ticks ?? Date.now();
  const set = (change: ClockChange): ClockMove => {
    const before = { now: now(), ticks: ticks() };
    const after = change.now ?? before.now;
    if (change.isFrozen ?? frozen !== undefined) {
      frozen = { now: after, ticks: before.ticks };
    } else {
      frozen = undefined;
      aheadMs = after - Date.now();
    }
    return { movedMs: after - before.now, stoodStillMs: ticks() - before.ticks };
  };
  return {
    now,
    ticks,
    aheadMs: () => now() - Date.now(),
    isFrozen: () => frozen !== undefined,
    set,
    reset: () => set({ now: Date.now(), isFrozen: false }),
  };
}

/** Returns what the clock shows. */
export function describeClock(clock: Clock) {
  return { now: new Date(clock.now()).toISOString(), aheadMs: clock.aheadMs(), frozen: clock.isFrozen() };
}
