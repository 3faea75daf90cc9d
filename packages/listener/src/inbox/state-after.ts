import type { MessageState, Outcome } from "./store.ts";

/** Returns the state of a message after an attempt. */
export function stateAfter({ state }: Outcome): MessageState {
  return state === "retry" || state === "released" ? "waiting" : state;
}
