import { type CallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";
import { createTestCallback } from "@thingspace-callbacks/listener/testing";

export const handlerOf = (listener: CallbackListener): unknown => toNodeHandler(listener);
export const callback: Request = createTestCallback({ api: "v2" });
