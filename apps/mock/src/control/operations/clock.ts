import type { Operation } from "@thingspace-callbacks/contract";
import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { type Answer, type HandlersOf, ok } from "../../operations/handler.ts";
import { createBadRequest } from "../../operations/refusal.ts";
import type { Space } from "../../spaces/space.ts";
import { type ClockMove, describeClock, maxAheadMs } from "../../state/clock.ts";

type ClockOperation = "getClock" | "advanceClock" | "setClock" | "resetClock";

/** The handlers that read, move and freeze the clock. */
export const clockHandlers: Pick<HandlersOf<Control>, ClockOperation> = {
  getClock: ({ space }) => ok(describeClock(space.clock)),
  advanceClock: ({ operation, body: { advanceMs }, space }) => {
    const { clock } = space;
    const leftMs = maxAheadMs - clock.aheadMs();
    if (advanceMs > leftMs) throw createBadRequest(operation, `advanceMs: must be <= ${leftMs}.`);
    return move(space, () => clock.advance(advanceMs));
  },
  setClock: ({ operation, body, space }) => {
    const { now, frozen: isFrozen } = body;
    if (now === undefined && isFrozen === undefined) {
      throw createBadRequest(operation, "body: must have one of now, frozen.");
    }
    if (now === undefined) return move(space, () => space.clock.set({ isFrozen }));
    const time = demandTime(operation, now, "now");
    return move(space, () => space.clock.set({ now: time, isFrozen }));
  },
  resetClock: ({ space }) => move(space, () => space.clock.reset()),
};

/**
 * Moves the clock, lets the queue send the messages that are due, and returns the time. When the store cannot be written,
 * nothing changes.
 */
function move({ clock, queue, events }: Space, change: () => ClockMove): Answer {
  const before = clock.save();
  try {
    queue.followClock(change());
  } catch (error) {
    clock.load(before);
    throw error;
  }
  events.add("clock", undefined);
  return ok(describeClock(clock));
}

/** Reads a time that the clock can have. @throws {Refusal} 400 of the operation */
export function demandTime(operation: Operation, text: string, member: string): number {
  const time = Date.parse(text);
  const latest = Date.now() + maxAheadMs;
  if (time < 0) throw createBadRequest(operation, `${member}: must not be before 1970.`);
  if (time > latest) {
    throw createBadRequest(operation, `${member}: must not be after ${new Date(latest).toISOString()}.`);
  }
  return time;
}
