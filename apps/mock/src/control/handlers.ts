import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import type { AllowList } from "../deliveries/target/allow-list.ts";
import type { Handlers, HandlersOf } from "../operations/handler.ts";
import type { Spaces } from "../spaces/spaces.ts";
import type { PreparedState } from "./load-state.ts";
import { clockHandlers } from "./operations/clock.ts";
import { deliveryHandlers } from "./operations/deliveries.ts";
import { faultHandlers } from "./operations/faults.ts";
import { messageHandlers } from "./operations/messages.ts";
import { redeliveryHandlers } from "./operations/redeliver.ts";
import { requestHandlers } from "./operations/requests.ts";
import { createSnapshotHandlers } from "./operations/snapshots.ts";
import { createSpaceHandlers } from "./operations/spaces.ts";
import { createStateHandlers } from "./operations/state.ts";
import { verifyHandlers } from "./operations/verify.ts";

/**
 * Creates the handlers of the control operations (spec/control), which look into the caller's space and steer it.
 *
 * @param allowsTarget hosts that may be sent to although they are not public
 * @param seed what a reset goes back to
 */
export function createControlHandlers(
  allowsTarget: AllowList,
  spaces: Spaces,
  seed: PreparedState,
): Handlers {
  const control: HandlersOf<Control> = {
    ...createStateHandlers(allowsTarget, seed),
    ...messageHandlers,
    ...deliveryHandlers,
    ...redeliveryHandlers,
    ...faultHandlers,
    ...requestHandlers,
    ...clockHandlers,
    ...verifyHandlers,
    ...createSnapshotHandlers(allowsTarget),
    ...createSpaceHandlers(spaces),
  };
  return { control };
}
