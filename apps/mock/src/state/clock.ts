import { findMember, getLimit, getOperation, getSuccess } from "@thingspace-callbacks/contract";

const clockSchema = getSuccess(getOperation("control", "getClock")).response.body?.schema ?? {};

/** The maximum of milliseconds that the clock can be ahead: times after a certain date have no text. */
export const maxAheadMs = getLimit(findMember(clockSchema, "aheadMs"), "maximum");

/** The time that tokens and sessions expire by, and messages are sent by. It can be moved and frozen. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds ahead of the real time; negative when it is behind. */
  aheadMs(): number;
  isFrozen(): boolean;
  /** The real time, which stops while the clock is frozen. Due times are compared with it. */
  ticks(): number;
  /** Moves the time forward. */
  advance(ms: number): ClockMove;
  /** Sets the time, freezes the clock or lets it run again. */
  set(change: ClockChange): ClockMove;
  /** Sets the clock to the real time and lets it run. */
  reset(): ClockMove;
  /** Returns what {@link Clock.load} needs to continue, also in another process. */
  save(): SavedClock;
  load(saved: SavedClock): void;
}

/** How far a clock is ahead of the real time, or the time and the ticks at which it was frozen; in milliseconds. */
export interface SavedClock {
  aheadMs: number;
  frozen?: { now: number; ticks: number };
}

export interface ClockChange {
  /** The new time. @default the time that the clock shows */
  now?: number | undefined;
  /** @default as before */
  isFrozen?: boolean | undefined;
}

/** A change of the clock, for code that waits until a time. */
export interface ClockMove {
  /** Milliseconds by which it was moved; negative when it was moved back. */
  movedMs: number;
  /** Milliseconds for which it was frozen, when it runs again. */
  stoodStillMs: number;
}

export function createClock(): Clock {
  let aheadMs = 0;
  let frozen: { now: number; ticks: number } | undefined;

  // The real time is read once for each move: a millisecond that passes between two readings would be lost.
  const move = (
    toNow: (now: number, realNow: number) => number,
    willBeFrozen = frozen !== undefined,
  ): ClockMove => {
    const realNow = Date.now();
    const before = frozen ?? { now: realNow + aheadMs, ticks: realNow };
    const now = toNow(before.now, realNow);
    if (willBeFrozen) frozen = { now, ticks: before.ticks };
    else {
      frozen = undefined;
      aheadMs = now - realNow;
    }
    return { movedMs: now - before.now, stoodStillMs: (frozen?.ticks ?? realNow) - before.ticks };
  };

  return {
    now: () => frozen?.now ?? Date.now() + aheadMs,
    ticks: () => frozen?.ticks ?? Date.now(),
    aheadMs: () => (frozen ? frozen.now - Date.now() : aheadMs),
    isFrozen: () => frozen !== undefined,
    advance: (ms) => move((now) => now + ms),
    set: ({ now, isFrozen }) => move((shown) => now ?? shown, isFrozen),
    reset: () => move((_, realNow) => realNow, false),
    save: () => ({ aheadMs, ...(frozen && { frozen }) }),
    load: (saved) => {
      ({ aheadMs, frozen } = { frozen: undefined, ...saved });
    },
  };
}

/** Returns the time of the clock as the control operations show it. */
export function describeClock(clock: Clock) {
  return { now: new Date(clock.now()).toISOString(), aheadMs: clock.aheadMs(), frozen: clock.isFrozen() };
}
