import { redactUrl } from "@thingspace-callbacks/contract";
import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import type { AllowList } from "../../deliveries/target/allow-list.ts";
import { type HandlersOf, ok } from "../../operations/handler.ts";
import type { Space } from "../../spaces/space.ts";
import { demandAcceptable } from "../fault-limits.ts";
import { demandRegistrable, type PreparedRegistration } from "../prepared-state.ts";
import { demandTime } from "./clock.ts";

type StateOperation =
  | "getState"
  | "putState"
  | "deleteState"
  | "putRegistrations"
  | "clearRegistrations"
  | "clearTokens";

/** Creates the handlers that show, load and forget what the mock remembers. */
export function createStateHandlers(allowsTarget: AllowList): Pick<HandlersOf<Control>, StateOperation> {
  return {
    getState: ({ space }) => ok(describeState(space)),
    putState: ({ operation, body, space }) => {
      demandRegistrable(operation, body.registrations, allowsTarget);
      const { faults = [], clock = {} } = body;
      for (const [index, fault] of faults.entries()) {
        demandAcceptable(operation, fault, index, `faults.${index}.`);
      }
      const now = clock.now === undefined ? undefined : demandTime(operation, clock.now, "clock.now");
      replaceState(space, body.registrations);
      for (const fault of faults) space.faults.add(fault);
      space.clock.set({ now, isFrozen: clock.frozen });
      return ok(describeState(space));
    },
    deleteState: ({ space }) => {
      replaceState(space, []);
      return ok(describeState(space));
    },
    putRegistrations: ({ operation, body, space }) => {
      demandRegistrable(operation, body.registrations, allowsTarget);
      space.inTransaction(() => replaceRegistrations(space, body.registrations));
      return ok(describeState(space));
    },
    clearRegistrations: ({ space }) => ok({ forgotten: space.registrations.clear() }),
    clearTokens: ({ space }) => ok({ forgotten: space.tokens.clear() }),
  };
}

/** Returns what a space remembers, without passwords. */
function describeState({ registrations }: Space) {
  return {
    registrations: registrations
      .all()
      .map(({ password, ...registration }) => ({ ...registration, url: redactUrl(registration.url) })),
  };
}

function replaceRegistrations({ registrations }: Space, prepared: PreparedRegistration[]): void {
  registrations.clear();
  for (const { api, account, ...registration } of prepared) registrations.put(api, account, registration);
}

/** Replaces everything. When the store cannot be written, nothing changes. */
function replaceState(space: Space, prepared: PreparedRegistration[]): void {
  space.inTransaction(() => {
    space.tokens.clear();
    space.deliveries.clear();
    replaceRegistrations(space, prepared);
  });
  space.queue.forget();
  space.faults.clear();
  space.journal.clear();
  space.clock.reset();
  space.events.add("reset", undefined);
}
