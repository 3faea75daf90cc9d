import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import type { Handlers, HandlersOf } from "../operations/handler.ts";
import type { Spaces } from "../spaces/spaces.ts";
import type { LoadRules, PreparedState } from "./load-state.ts";
import { clockHandlers } from "./operations/clock.ts";
import { deliveryHandlers } from "./operations/deliveries.ts";
import { faultHandlers } from "./operations/faults.ts";
import { messageHandlers } from "./operations/messages.ts";
import { redeliveryHandlers } from "./operations/redeliver.ts";
import { requestHandlers } from "./operations/requests.ts";
import { createSnapshotHandlers } from "./operations/snapshots.ts";
import { createSpaceHandlers } from "./operations/spaces.ts";
import { createStateHandlers } from "./operations/state.ts";
import { createSupportHandlers } from "./operations/support.ts";
import { verifyHandlers } from "./operations/verify.ts";

/** The parts that the control operations need beside the caller's space. */
export interface ControlParts {
  /** What can be loaded. */
  rules: LoadRules;
  spaces: Spaces;
  /** The state that a reset restores. */
  seed: PreparedState;
  /** The handlers of the APIs that are emulated. */
  emulated: Handlers;
}

/** Creates the handlers of the control operations (spec/control), which look into the caller's space and steer it. */
export function createControlHandlers({ rules, spaces, seed, emulated }: ControlParts): Handlers {
  const control: HandlersOf<Control> = {
    ...createStateHandlers(rules, seed),
    ...messageHandlers,
    ...deliveryHandlers,
    ...redeliveryHandlers,
    ...faultHandlers,
    ...requestHandlers,
    ...clockHandlers,
    ...verifyHandlers,
    ...createSnapshotHandlers(rules),
    ...createSpaceHandlers(spaces),
    ...createSupportHandlers(emulated),
  };
  return { control };
}
