import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { type HandlersOf, ok } from "../../operations/handler.ts";
import { createBadRequest } from "../../operations/refusal.ts";
import { routes } from "../../operations/routes.ts";
import { demandAcceptable } from "../fault-limits.ts";
import { effects, hasEffect } from "../faults.ts";

/** The handlers that list, add and clear faults. */
export const faultHandlers: Pick<HandlersOf<Control>, "listFaults" | "addFault" | "clearFaults"> = {
  listFaults: ({ space: { faults } }) => ok(faults.list()),
  addFault: ({ operation, body: fault, space: { faults } }) => {
    if (!hasEffect(fault)) {
      throw createBadRequest(operation, `body: must have one of ${effects.join(", ")}.`);
    }
    const ids = routes
      .filter(({ api }) => api === (fault.api ?? api))
      .map((route) => route.operation.operationId);
    if (fault.operationId !== undefined && !ids.includes(fault.operationId)) {
      throw createBadRequest(operation, `operationId: must be one of ${[...new Set(ids)].join(", ")}.`);
    }
    demandAcceptable(operation, fault, faults.list().length);
    faults.add(fault);
    return ok(faults.list());
  },
  clearFaults: ({ space: { faults } }) => {
    faults.clear();
    return ok(faults.list());
  },
};
