import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { type HandlersOf, ok } from "../../operations/handler.ts";
import { demandAcceptable } from "../fault-limits.ts";

/** The handlers that list, add and clear faults. */
export const faultHandlers: Pick<HandlersOf<Control>, "listFaults" | "addFault" | "clearFaults"> = {
  listFaults: ({ space: { faults } }) => ok(faults.list()),
  addFault: ({ operation, body: fault, space: { faults } }) => {
    demandAcceptable(operation, fault, faults.list().length);
    faults.add(fault);
    return ok(faults.list());
  },
  clearFaults: ({ space: { faults } }) => {
    faults.clear();
    return ok(faults.list());
  },
};
