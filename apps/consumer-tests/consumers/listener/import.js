import { createCallbackListener, createMemorySeenStore, toNodeHandler } from "@thingspace-callbacks/listener";
import { createTestCallback } from "@thingspace-callbacks/listener/testing";
import { program } from "./program.js";

export default (input) =>
  program({ createCallbackListener, createMemorySeenStore, toNodeHandler, createTestCallback }, input);
