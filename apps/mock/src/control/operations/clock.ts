import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { type HandlersOf, ok } from "../../operations/handler.ts";
import { createBadRequest } from "../../operations/refusal.ts";
import { describeClock, maxAheadMs } from "../../state/clock.ts";

/** The handlers that read and move the clock. */
export const clockHandlers: Pick<HandlersOf<Control>, "getClock" | "advanceClock"> = {
  getClock: ({ space }) => ok(describeClock(space.clock)),
  advanceClock: ({ operation, body: { advanceMs }, space: { clock, queue, events } }) => {
    const leftMs = maxAheadMs - clock.aheadMs();
    if (advanceMs > leftMs) throw createBadRequest(operation, `advanceMs: must be <= ${leftMs}.`);
    clock.advance(advanceMs);
    queue.advance(advanceMs);
    events.add("clock", undefined);
    return ok(describeClock(clock));
  },
};
